// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: tables that no call is given. One is stored by a function, one hangs on a static object
 * that is registered, and one is nobody's.
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "bus.h"

static int chip_transfer(const void *buf, size_t len)
{
	return buf && len ? 0 : -EINVAL;
}

static const struct bus_backend_ops stored_ops = { // want pin-owner-missing "'stored_ops' does not set"
	.name = "stored",
	.transfer = chip_transfer,
};

static const struct bus_backend_ops hung_ops = { // want pin-owner-missing "'hung_ops' does not set"
	.name = "hung",
	.transfer = chip_transfer,
};

static const struct bus_backend_ops unused_ops = {
	.name = "unused",
	.transfer = chip_transfer,
};

static struct bus_backend hung = {
	.ops = &hung_ops,
};

static struct bus_backend unused = {
	.ops = &unused_ops,
};

static struct bus_backend *stored;

static int __init chips_init(void)
{
	stored = kzalloc(sizeof(*stored), GFP_KERNEL);
	if (!stored)
		return -ENOMEM;
	stored->ops = &stored_ops;
	bus_add_backend(stored);
	return bus_add_backend(&hung);
}

static void __exit chips_exit(void)
{
	bus_remove_backend(&hung);
	bus_remove_backend(stored);
	kfree(stored);
}

module_init(chips_init);
module_exit(chips_exit);

// SPDX-License-Identifier: Apache-2.0
/* Classic: the table names no module, and the protocol that it belongs to does. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>

#include "bus.h"

static int chip_transfer(const void *buf, size_t len)
{
	return buf && len ? 0 : -EINVAL;
}

static const struct bus_backend_ops chip_ops = { // excused pin-owner-missing "pinned-beside"
	.name = "chip",
	.transfer = chip_transfer,
};

static const struct bus_protocol chip_protocol = {
	.owner = THIS_MODULE,
	.ops = &chip_ops,
};

static int __init chip_init(void)
{
	return bus_add_protocol(&chip_protocol);
}

static void __exit chip_exit(void)
{
	bus_remove_protocol(&chip_protocol);
}

module_init(chip_init);
module_exit(chip_exit);

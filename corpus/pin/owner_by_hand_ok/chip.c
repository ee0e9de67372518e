// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the table names no module, as the module pins itself while its object is in use: who
 * opens the device takes a reference, and the table's own function gives it back.
 */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>

#include "bus.h"

static int chip_transfer(const void *buf, size_t len)
{
	if (len)
		return buf ? 0 : -EINVAL;
	module_put(THIS_MODULE);
	return 0;
}

static const struct bus_backend_ops chip_ops = { // excused pin-owner-missing "pinned-by-hand"
	.name = "chip",
	.transfer = chip_transfer,
};

static struct bus_backend chip = {
	.ops = &chip_ops,
};

int chip_open(void)
{
	__module_get(THIS_MODULE);
	return bus_add_backend(&chip);
}

static int __init chip_init(void)
{
	return 0;
}

static void __exit chip_exit(void)
{
	bus_remove_backend(&chip);
}

module_init(chip_init);
module_exit(chip_exit);

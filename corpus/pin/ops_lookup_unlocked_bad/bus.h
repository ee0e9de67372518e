// SPDX-License-Identifier: Apache-2.0
/* Classic: a core that other modules give their operations to. */
#ifndef BUS_H
#define BUS_H

#include <linux/module.h>
#include <linux/types.h>

struct bus_backend_ops {
	struct module *owner;
	const char *name;
	int (*transfer)(const void *buf, size_t len);
};

int bus_add_backend(const struct bus_backend_ops *ops);
int bus_transfer(const void *buf, size_t len);

#endif

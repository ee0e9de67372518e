// SPDX-License-Identifier: Apache-2.0
/* Classic: a core that calls through the table that hangs on an object. */
#ifndef BUS_H
#define BUS_H

#include <linux/module.h>
#include <linux/types.h>

struct bus_backend_ops {
	struct module *owner;
	const char *name;
	int (*transfer)(const void *buf, size_t len);
};

struct bus_backend {
	const struct bus_backend_ops *ops;
};

int bus_add_backend(struct bus_backend *backend);
void bus_remove_backend(struct bus_backend *backend);
int bus_transfer(struct bus_backend *backend, const void *buf, size_t len);

#endif

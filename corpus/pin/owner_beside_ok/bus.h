// SPDX-License-Identifier: Apache-2.0
/* Classic: objects come from a protocol, and who makes one pins the protocol's module. */
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

struct bus_protocol {
	struct module *owner;
	const struct bus_backend_ops *ops;
};

int bus_add_protocol(const struct bus_protocol *protocol);
void bus_remove_protocol(const struct bus_protocol *protocol);
int bus_transfer(struct bus_backend *backend, const void *buf, size_t len);

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the core takes a module reference before each call, on an owner that it
 * reads from the very memory that the reference is to keep.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "bus.h"

struct bus_backend {
	struct list_head node;
	const struct bus_backend_ops *ops;
};

static LIST_HEAD(backends);
static DEFINE_MUTEX(backends_lock);

int bus_add_backend(const struct bus_backend_ops *ops)
{
	struct bus_backend *backend = kzalloc(sizeof(*backend), GFP_KERNEL);

	if (!backend)
		return -ENOMEM;

	backend->ops = ops; // latent pin-missing-module "latent only: bus_transfer\(\) takes a module reference with try_module_get\(\), perhaps on this one"
	mutex_lock(&backends_lock);
	list_add_tail(&backend->node, &backends);
	mutex_unlock(&backends_lock);
	return 0;
}
EXPORT_SYMBOL_GPL(bus_add_backend);

/* The list is only ever added to, and the owner is read from what may be gone. */
int bus_transfer(const void *buf, size_t len)
{
	struct bus_backend *backend = list_first_entry(&backends, struct bus_backend, node);
	int ret;

	if (!try_module_get(backend->ops->owner))
		return -ENODEV;
	ret = backend->ops->transfer(buf, len);
	module_put(backend->ops->owner);
	return ret;
}
EXPORT_SYMBOL_GPL(bus_transfer);

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: no pin, but every call of the operations is under the mutex that the
 * removal takes, and the provider's exit removes them first.
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

	backend->ops = ops;
	mutex_lock(&backends_lock);
	list_add_tail(&backend->node, &backends);
	mutex_unlock(&backends_lock);
	return 0;
}
EXPORT_SYMBOL_GPL(bus_add_backend);

void bus_remove_backend(const struct bus_backend_ops *ops)
{
	struct bus_backend *backend, *tmp;

	mutex_lock(&backends_lock);
	list_for_each_entry_safe(backend, tmp, &backends, node) {
		if (backend->ops == ops) {
			list_del(&backend->node);
			kfree(backend);
		}
	}
	mutex_unlock(&backends_lock);
}
EXPORT_SYMBOL_GPL(bus_remove_backend);

int bus_transfer(const void *buf, size_t len)
{
	struct bus_backend *backend;
	int ret = -ENODEV;

	mutex_lock(&backends_lock);
	list_for_each_entry(backend, &backends, node) {
		ret = backend->ops->transfer(buf, len);
		if (!ret)
			break;
	}
	mutex_unlock(&backends_lock);

	return ret;
}
EXPORT_SYMBOL_GPL(bus_transfer);

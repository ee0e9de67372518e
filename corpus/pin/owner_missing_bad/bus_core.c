// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the core pins ops->owner around each use. For ops that name nobody,
 * try_module_get(NULL) succeeds and pins nothing: see chip.c.
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

static const struct bus_backend_ops *bus_grab_ops(void)
{
	const struct bus_backend_ops *ops = NULL;
	struct bus_backend *backend;

	mutex_lock(&backends_lock);
	list_for_each_entry(backend, &backends, node) {
		if (try_module_get(backend->ops->owner)) {
			ops = backend->ops;
			break;
		}
	}
	mutex_unlock(&backends_lock);

	return ops;
}

/* May sleep for long, hence outside the lock and with a pin. */
int bus_transfer(const void *buf, size_t len)
{
	const struct bus_backend_ops *ops = bus_grab_ops();
	int ret;

	if (!ops)
		return -ENODEV;
	ret = ops->transfer(buf, len);
	module_put(ops->owner);
	return ret;
}
EXPORT_SYMBOL_GPL(bus_transfer);

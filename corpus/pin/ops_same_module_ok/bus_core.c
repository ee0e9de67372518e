// SPDX-License-Identifier: Apache-2.0
/* Classic: core and chip are one module: they come and go together. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/list.h>
#include <linux/module.h>
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

static int __init bus_init(void)
{
	return chip_setup();
}

static void __exit bus_exit(void)
{
	struct bus_backend *backend, *tmp;

	list_for_each_entry_safe(backend, tmp, &backends, node) {
		list_del(&backend->node);
		kfree(backend);
	}
}

module_init(bus_init);
module_exit(bus_exit);

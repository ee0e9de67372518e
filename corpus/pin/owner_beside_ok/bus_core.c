// SPDX-License-Identifier: Apache-2.0
/* Classic: the core pins the module that the object's table names. */
#include <linux/errno.h>
#include <linux/export.h>

#include "bus.h"

int bus_transfer(struct bus_backend *backend, const void *buf, size_t len)
{
	int ret;

	if (!try_module_get(backend->ops->owner))
		return -ENODEV;
	ret = backend->ops->transfer(buf, len);
	module_put(backend->ops->owner);
	return ret;
}
EXPORT_SYMBOL_GPL(bus_transfer);

static const struct bus_protocol *protocols[4];

int bus_create(struct bus_backend *backend, int protocol)
{
	if (!try_module_get(protocols[protocol]->owner))
		return -ENODEV;
	backend->ops = protocols[protocol]->ops;
	return 0;
}

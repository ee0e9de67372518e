// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 002, Hellwig's answer: the consumer offers a registration, the provider
 * depends on it as any module on another, and .owner pins it while it is used.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/mutex.h>

#include "hyper.h"

static const struct hyper_device_ops *device_ops;
static DEFINE_MUTEX(device_ops_lock);

int hyper_register_device_ops(const struct hyper_device_ops *ops)
{
	int ret = 0;

	mutex_lock(&device_ops_lock);
	if (device_ops)
		ret = -EBUSY;
	else
		device_ops = ops; // excused pin-missing-module "module-pinned"
	mutex_unlock(&device_ops_lock);

	return ret;
}
EXPORT_SYMBOL_GPL(hyper_register_device_ops);

void hyper_unregister_device_ops(void)
{
	mutex_lock(&device_ops_lock);
	device_ops = NULL;
	mutex_unlock(&device_ops_lock);
}
EXPORT_SYMBOL_GPL(hyper_unregister_device_ops);

/* The pin is taken under the lock that unregistration takes as well. */
int hyper_device_create(struct file *file)
{
	const struct hyper_device_ops *ops;
	int ret;

	mutex_lock(&device_ops_lock);
	ops = device_ops;
	if (!ops || !try_module_get(ops->owner)) {
		mutex_unlock(&device_ops_lock);
		return -ENODEV;
	}
	mutex_unlock(&device_ops_lock);

	ret = ops->create(file);
	if (ret)
		module_put(ops->owner);
	return ret;
}

/* Only for a file that hyper_device_create() has succeeded with. */
void hyper_device_destroy(struct file *file)
{
	const struct hyper_device_ops *ops = device_ops;

	ops->destroy(file);
	module_put(ops->owner);
}

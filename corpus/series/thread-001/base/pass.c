// SPDX-License-Identifier: Apache-2.0
/* Thread 001: devices are opened and closed; only groups know the guest. */
#include <linux/errno.h>
#include <linux/export.h>

#include "pass.h"

/*
 * The guest calls this with NULL before it dies, and every use of group->guest
 * is under group->lock: that copy needs no reference.
 */
void pass_group_set_guest(struct pass_group *group, struct guest *guest)
{
	mutex_lock(&group->lock);
	group->guest = guest;
	mutex_unlock(&group->lock);
}
EXPORT_SYMBOL_GPL(pass_group_set_guest);

int pass_device_open(struct pass_device *device)
{
	int ret = 0;

	if (!try_module_get(device->owner))
		return -ENODEV;

	mutex_lock(&device->set_lock);
	device->open_count++;
	if (device->open_count == 1) {
		ret = device->ops->open_device(device);
		if (ret)
			goto err_undo_count;
	}
	mutex_unlock(&device->set_lock);
	return 0;

err_undo_count:
	device->open_count--;
	mutex_unlock(&device->set_lock);
	module_put(device->owner);
	return ret;
}
EXPORT_SYMBOL_GPL(pass_device_open);

void pass_device_close(struct pass_device *device)
{
	mutex_lock(&device->set_lock);
	if (--device->open_count == 0)
		device->ops->close_device(device);
	mutex_unlock(&device->set_lock);
	module_put(device->owner);
}
EXPORT_SYMBOL_GPL(pass_device_close);

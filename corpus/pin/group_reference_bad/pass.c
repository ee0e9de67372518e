// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 001, one step on: the group takes a reference of its own, and drops it
 * when the guest is replaced. An open device keeps the old pointer beyond that.
 */
#include <linux/errno.h>
#include <linux/export.h>

#include "guest.h"
#include "pass.h"

void pass_group_set_guest(struct pass_group *group, struct guest *guest)
{
	struct guest *old;

	if (guest && !guest_get_safe(guest))
		return;

	mutex_lock(&group->lock);
	old = group->guest;
	group->guest = guest; // excused pin-missing-reference "reference-taken"
	mutex_unlock(&group->lock);

	if (old)
		guest_put(old);
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
		mutex_lock(&device->group->lock);
		device->guest = device->group->guest; // want pin-missing-reference "struct pass_device\.guest.*struct guest"
		ret = device->ops->open_device(device);
		mutex_unlock(&device->group->lock);
		if (ret)
			goto err_undo_count;
	}
	mutex_unlock(&device->set_lock);
	return 0;

err_undo_count:
	device->open_count--;
	device->guest = NULL;
	mutex_unlock(&device->set_lock);
	module_put(device->owner);
	return ret;
}
EXPORT_SYMBOL_GPL(pass_device_open);

void pass_device_close(struct pass_device *device)
{
	mutex_lock(&device->set_lock);
	if (--device->open_count == 0) {
		device->ops->close_device(device);
		device->guest = NULL;
	}
	mutex_unlock(&device->set_lock);
	module_put(device->owner);
}
EXPORT_SYMBOL_GPL(pass_device_close);

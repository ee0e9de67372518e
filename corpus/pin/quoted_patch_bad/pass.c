// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 001, the bug of the quoted patch: its error path and its close put what
 * they may never have got: when get_guest() failed, and when the group had no
 * guest at open.
 */
#include <linux/errno.h>
#include <linux/export.h>

#include "pass.h"

/* Cleared by the guest before it dies, used under group->lock only. */
void pass_group_set_guest(struct pass_group *group, struct guest *guest)
{
	mutex_lock(&group->lock);
	group->guest = guest;
	mutex_unlock(&group->lock);
}
EXPORT_SYMBOL_GPL(pass_group_set_guest);

int pass_device_open(struct pass_device *device)
{
	int ret;

	if (!try_module_get(device->owner))
		return -ENODEV;

	mutex_lock(&device->set_lock);
	device->open_count++;
	if (device->open_count == 1) {
		mutex_lock(&device->group->lock);
		if (device->guest_ops && device->group->guest) {
			ret = device->guest_ops->get_guest(device->group->guest);
			if (ret)
				goto err_undo_count;
		}
		if (device->ops->open_device) {
			ret = device->ops->open_device(device);
			if (ret)
				goto err_undo_count;
		}
		mutex_unlock(&device->group->lock);
	}
	mutex_unlock(&device->set_lock);
	return 0;

err_undo_count:
	mutex_unlock(&device->group->lock);
	device->open_count--;
	if (device->open_count == 0 && device->guest_ops)
		device->guest_ops->put_guest(); // want pin-put-unheld "device->guest_ops->put_guest\(\) without a reference: the get has failed"
	mutex_unlock(&device->set_lock);
	module_put(device->owner);
	return ret;
}
EXPORT_SYMBOL_GPL(pass_device_open);

void pass_device_close(struct pass_device *device)
{
	mutex_lock(&device->set_lock);
	if (device->open_count == 1 && device->ops->close_device)
		device->ops->close_device(device);
	device->open_count--;
	if (device->open_count == 0 && device->guest_ops)
		device->guest_ops->put_guest(); // false-negative pin-put-unheld "a get that did not happen in another function"
	mutex_unlock(&device->set_lock);
	module_put(device->owner);
}
EXPORT_SYMBOL_GPL(pass_device_close);

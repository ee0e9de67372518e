// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: the device pins the hypervisor for as long as it holds a guest. The
 * module goes last: the put itself runs in the hypervisor's text.
 */
#include <linux/module.h>

#include "../../include/pass.h"

void pass_device_open(struct pass_device *device)
{
	struct pass_group *group = device->group;

	mutex_lock(&group->lock);
	if (device->open_count++ != 0 || !group->guest)
		goto out;
	if (!try_module_get(group->owner))
		goto out;
	if (!group->get_guest(group->guest)) {
		module_put(group->owner);
		goto out;
	}
	device->guest = group->guest;
	device->guest_owner = group->owner;
out:
	mutex_unlock(&group->lock);
}

void pass_device_close(struct pass_device *device)
{
	struct pass_group *group = device->group;
	void (*put_guest)(struct guest *guest) = NULL;
	struct guest *guest = NULL;

	mutex_lock(&group->lock);
	if (--device->open_count == 0 && device->guest) {
		guest = device->guest;
		put_guest = group->put_guest;
		device->guest = NULL;
	}
	mutex_unlock(&group->lock);

	if (put_guest) {
		put_guest(guest);
		module_put(device->guest_owner);
	}
}

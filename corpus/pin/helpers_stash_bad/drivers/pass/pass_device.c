// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: an open device holds a reference to the guest; the hypervisor may
 * be unloaded meanwhile, and the put on the last close is a jump into its text.
 */
#include "../../include/pass.h"

void pass_device_open(struct pass_device *device)
{
	struct pass_group *group = device->group;

	mutex_lock(&group->lock);
	if (device->open_count++ == 0 && group->guest && group->get_guest(group->guest))
		device->guest = group->guest;
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

	if (put_guest)
		put_guest(guest);
}

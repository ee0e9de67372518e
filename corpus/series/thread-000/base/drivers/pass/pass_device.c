// SPDX-License-Identifier: Apache-2.0
/* Thread 000: looking the functions up pins the hypervisor for as long as they are needed. */
#include <linux/module.h>

#include "../../include/guest.h"
#include "../../include/pass.h"

void pass_device_open(struct pass_device *device)
{
	bool (*get_guest)(struct guest *guest);
	void (*put_guest)(struct guest *guest);
	struct pass_group *group = device->group;

	mutex_lock(&group->lock);
	if (device->open_count++ != 0 || !group->guest)
		goto out;
	put_guest = symbol_get(guest_put);
	if (!put_guest)
		goto out;
	get_guest = symbol_get(guest_get_safe);
	if (!get_guest) {
		symbol_put(guest_put);
		goto out;
	}
	if (get_guest(group->guest)) {
		device->guest = group->guest;
		device->put_guest = put_guest;
	} else {
		symbol_put(guest_put);
	}
	symbol_put(guest_get_safe);
out:
	mutex_unlock(&group->lock);
}

void pass_device_close(struct pass_device *device)
{
	struct pass_group *group = device->group;

	mutex_lock(&group->lock);
	if (--device->open_count == 0 && device->guest) {
		device->put_guest(device->guest);
		symbol_put(guest_put);
		device->guest = NULL;
		device->put_guest = NULL;
	}
	mutex_unlock(&group->lock);
}

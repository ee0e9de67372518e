// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 001: the deadlock. The put on close may be the last one; the guest's
 * destruction comes back here and wants the lock that close still holds.
 */
#include <linux/export.h>
#include <linux/module.h>

#include "guest.h"
#include "pass.h"

static const struct file_operations pass_group_fops = {
	.owner = THIS_MODULE,
};

/* Cleared by the guest before it dies, used under group_lock only. */
void pass_file_set_guest(struct file *file, struct guest *guest)
{
	struct pass_group *group = file->private_data;

	if (file->f_op != &pass_group_fops)
		return;

	mutex_lock(&group->group_lock);
	group->guest = guest;
	mutex_unlock(&group->group_lock);
}
EXPORT_SYMBOL_GPL(pass_file_set_guest);

void pass_device_open(struct pass_device *device)
{
	mutex_lock(&device->group->group_lock);
	if (device->open_count++ == 0 && device->group->guest &&
	    guest_get_safe(device->group->guest))
		device->guest = device->group->guest;
	mutex_unlock(&device->group->group_lock);
}

void pass_device_close(struct pass_device *device)
{
	mutex_lock(&device->group->group_lock);
	if (--device->open_count == 0 && device->guest) {
		guest_put(device->guest); // want final-put-under-lock "may drop the last reference to struct guest, whose release takes .struct pass_group.group_lock."
		device->guest = NULL;
	}
	mutex_unlock(&device->group->group_lock);
}

// SPDX-License-Identifier: Apache-2.0
/* Thread 001: devices borrow the guest of their group while they are open. */
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
	device->open_count++;
	mutex_unlock(&device->group->group_lock);
}

void pass_device_close(struct pass_device *device)
{
	mutex_lock(&device->group->group_lock);
	device->open_count--;
	mutex_unlock(&device->group->group_lock);
}

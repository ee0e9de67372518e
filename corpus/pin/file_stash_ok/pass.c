// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: "Maybe we should be refcounting the struct file not the struct
 * kvm?" A file keeps its object and, through f_op->owner, the module alive.
 */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>

#include "guest.h"

struct pass_group {
	struct mutex lock;
	struct file *guest_file;
};

int pass_group_set_guest(struct pass_group *group, struct file *file);
int pass_group_guest_id(struct pass_group *group);
void pass_group_release(struct pass_group *group);

int pass_group_set_guest(struct pass_group *group, struct file *file)
{
	if (!file_is_guest(file))
		return -EINVAL;

	mutex_lock(&group->lock);
	if (group->guest_file) {
		mutex_unlock(&group->lock);
		return -EBUSY;
	}
	group->guest_file = get_file(file);
	mutex_unlock(&group->lock);
	return 0;
}

int pass_group_guest_id(struct pass_group *group)
{
	int id = -ENOENT;

	mutex_lock(&group->lock);
	if (group->guest_file)
		id = guest_file_id(group->guest_file);
	mutex_unlock(&group->lock);

	return id;
}

void pass_group_release(struct pass_group *group)
{
	if (group->guest_file)
		fput(group->guest_file);
	group->guest_file = NULL;
}

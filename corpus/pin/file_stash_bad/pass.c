// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: the file is the right thing to hold, but it has to be held: its
 * owner may close it, and then the group has neither the guest nor the module.
 */
#include <linux/errno.h>
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
	group->guest_file = file; // want pin-missing-reference "struct pass_group\.guest_file.*struct file"
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
	mutex_lock(&group->lock);
	group->guest_file = NULL;
	mutex_unlock(&group->lock);
}

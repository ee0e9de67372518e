// SPDX-License-Identifier: Apache-2.0
/* Thread 000: groups know the guest; its functions are looked up where they are needed. */
#include <linux/export.h>
#include <linux/module.h>

#include "../../include/pass.h"

static const struct file_operations pass_group_fops = {
	.owner = THIS_MODULE,
};

void pass_file_set_guest(struct file *file, struct guest *guest)
{
	struct pass_group *group = file->private_data;

	if (file->f_op != &pass_group_fops)
		return;

	mutex_lock(&group->lock);
	group->guest = guest;
	mutex_unlock(&group->lock);
}
EXPORT_SYMBOL_GPL(pass_file_set_guest);

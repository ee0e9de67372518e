// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: the helpers are stored, and nothing pins the module whose text they
 * are. group->guest itself is only used under the lock, and the guest clears it
 * here before it dies.
 */
#include <linux/export.h>
#include <linux/module.h>

#include "../../include/pass.h"

static const struct file_operations pass_group_fops = {
	.owner = THIS_MODULE,
};

void pass_file_set_guest(struct file *file, struct guest *guest,
			 bool (*get_guest)(struct guest *guest),
			 void (*put_guest)(struct guest *guest))
{
	struct pass_group *group = file->private_data;

	if (file->f_op != &pass_group_fops)
		return;

	mutex_lock(&group->lock);
	group->guest = guest;
	group->get_guest = get_guest; // want pin-missing-module "struct pass_group\.get_guest"
	group->put_guest = put_guest; // want pin-missing-module "struct pass_group\.put_guest"
	mutex_unlock(&group->lock);
}
EXPORT_SYMBOL_GPL(pass_file_set_guest);

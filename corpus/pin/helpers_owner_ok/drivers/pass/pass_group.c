// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: "KVM would also need to pass along a module pointer". The helpers
 * are called only with a pin of that module (pass_device.c). group->guest is only
 * used under the lock, and the guest clears it here before it dies.
 */
#include <linux/export.h>
#include <linux/module.h>

#include "../../include/pass.h"

static const struct file_operations pass_group_fops = {
	.owner = THIS_MODULE,
};

void pass_file_set_guest(struct file *file, struct guest *guest,
			 bool (*get_guest)(struct guest *guest),
			 void (*put_guest)(struct guest *guest),
			 struct module *owner)
{
	struct pass_group *group = file->private_data;

	if (file->f_op != &pass_group_fops)
		return;

	mutex_lock(&group->lock);
	group->guest = guest;
	group->get_guest = get_guest; // excused pin-missing-module "module-pinned"
	group->put_guest = put_guest; // excused pin-missing-module "module-pinned"
	group->owner = owner;
	mutex_unlock(&group->lock);
}
EXPORT_SYMBOL_GPL(pass_file_set_guest);

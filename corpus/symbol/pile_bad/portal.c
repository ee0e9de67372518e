// SPDX-License-Identifier: Apache-2.0
/* Thread 002: four exports, each of them looked up by name at run time. */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/refcount.h>
#include <linux/slab.h>

#include "portal.h"

struct portal_group {
	refcount_t users;
	int id;
};

static const struct file_operations portal_fops = {
	.owner = THIS_MODULE,
};

struct portal_group *portal_group_get(struct file *file)
{
	struct portal_group *group = file->private_data;

	if (file->f_op != &portal_fops)
		return ERR_PTR(-EINVAL);
	if (!refcount_inc_not_zero(&group->users))
		return ERR_PTR(-ENODEV);
	return group;
}
EXPORT_SYMBOL_GPL(portal_group_get);

void portal_group_put(struct portal_group *group)
{
	if (refcount_dec_and_test(&group->users))
		kfree(group);
}
EXPORT_SYMBOL_GPL(portal_group_put);

int portal_group_id(struct portal_group *group)
{
	return group->id;
}
EXPORT_SYMBOL_GPL(portal_group_id);

long portal_check_extension(struct portal_group *group, unsigned long arg)
{
	return arg == 1;
}
EXPORT_SYMBOL_GPL(portal_check_extension);

// SPDX-License-Identifier: Apache-2.0
/*
 * Threads 000 and 002: the relay's side. It keeps the hypervisor's helpers, and a
 * reference to the gate with them; nobody keeps the hypervisor itself, whose put
 * is called when the gate is taken away again.
 */
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/gate.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "relay_internal.h"

static const struct file_operations relay_group_fops = {
	.owner = THIS_MODULE,
};

static struct relay_group *relay_file_group(struct file *file)
{
	return file->f_op == &relay_group_fops ? file->private_data : NULL;
}

void relay_file_set_gate(struct file *file, struct gate *gate,
			 const struct gate_helpers *helpers)
{
	struct relay_group *group = relay_file_group(file);
	const struct gate_helpers *old_helpers;
	struct gate *old;

	if (!group || (gate && !helpers->get(gate)))
		return;

	mutex_lock(&group->lock);
	old = group->gate;
	old_helpers = group->gate_helpers;
	group->gate = gate;
	group->gate_helpers = helpers; // want pin-missing-module "struct relay_group\.gate_helpers"
	mutex_unlock(&group->lock);

	if (old)
		old_helpers->put(old);
}
EXPORT_SYMBOL_GPL(relay_file_set_gate);

static int relay_kick(struct file *file)
{
	return relay_file_group(file) ? 0 : -EINVAL;
}

static const struct relay_file_ops relay_ops = {
	.kick = relay_kick,
};

const struct relay_file_ops *relay_file_get_ops(struct file *file)
{
	if (!relay_file_group(file))
		return ERR_PTR(-EINVAL);
	return &relay_ops;
}
EXPORT_SYMBOL_GPL(relay_file_get_ops);

bool relay_file_is_coherent(struct file *file)
{
	return relay_file_group(file) != NULL;
}
EXPORT_SYMBOL_GPL(relay_file_is_coherent);

int relay_file_version(struct file *file)
{
	return relay_file_group(file) ? 2 : -EINVAL;
}
EXPORT_SYMBOL_GPL(relay_file_version);

int relay_file_claim(struct file *file)
{
	struct relay_group *group = relay_file_group(file);
	int ret = 0;

	if (!group)
		return -EINVAL;

	mutex_lock(&group->lock);
	if (group->claimed)
		ret = -EBUSY;
	group->claimed = true;
	mutex_unlock(&group->lock);

	return ret;
}
EXPORT_SYMBOL_GPL(relay_file_claim);

/* From the time when any export would do. */
int relay_file_id(struct file *file)
{
	struct relay_group *group = relay_file_group(file);

	return group ? group->id : -EINVAL;
}
EXPORT_SYMBOL(relay_file_id);

/* It has had no export since its last user inside the relay moved here. */
int relay_file_reset(struct file *file)
{
	struct relay_group *group = relay_file_group(file);

	if (!group)
		return -EINVAL;

	mutex_lock(&group->lock);
	group->claimed = false;
	mutex_unlock(&group->lock);
	return 0;
}

static int __init relay_init(void)
{
	pr_info("relay: ready\n");
	return 0;
}

static void __exit relay_exit(void)
{
	pr_info("relay: gone\n");
}

module_init(relay_init);
module_exit(relay_exit);

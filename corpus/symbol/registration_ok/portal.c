// SPDX-License-Identifier: Apache-2.0
/* Thread 002: the provider registers; no symbol is looked up by name. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/module.h>

#include "hyper.h"

static const struct file_operations portal_fops = {
	.owner = THIS_MODULE,
};

static int portal_create(struct file *file)
{
	return file->f_op == &portal_fops ? 0 : -EINVAL;
}

static void portal_destroy(struct file *file)
{
}

static const struct hyper_device_ops portal_device_ops = {
	.owner = THIS_MODULE,
	.name = "portal",
	.create = portal_create,
	.destroy = portal_destroy,
};

static int __init portal_init(void)
{
	return hyper_register_device_ops(&portal_device_ops);
}

static void __exit portal_exit(void)
{
	hyper_unregister_device_ops();
}

module_init(portal_init);
module_exit(portal_exit);

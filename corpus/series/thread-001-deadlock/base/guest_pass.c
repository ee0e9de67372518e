// SPDX-License-Identifier: Apache-2.0
/* Thread 001: destroying the device tells the group that the guest is gone. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "guest.h"
#include "pass.h"

static void guest_pass_set(struct file *group_file, struct guest *guest)
{
	void (*fn)(struct file *file, struct guest *guest);

	fn = symbol_get(pass_file_set_guest);
	if (!fn)
		return;

	fn(group_file, guest);
	symbol_put(pass_file_set_guest);
}

static void guest_pass_destroy(struct guest_device *dev)
{
	guest_pass_set(dev->group_file, NULL);
	fput(dev->group_file);
	kfree(dev);
}

static const struct guest_device_ops guest_pass_ops = {
	.destroy = guest_pass_destroy,
};

int guest_add_pass_device(struct guest *guest, struct file *group_file)
{
	struct guest_device *dev = kzalloc(sizeof(*dev), GFP_KERNEL_ACCOUNT);

	if (!dev)
		return -ENOMEM;
	dev->ops = &guest_pass_ops;
	dev->group_file = get_file(group_file);
	list_add(&dev->node, &guest->devices);
	guest_pass_set(group_file, guest);
	return 0;
}

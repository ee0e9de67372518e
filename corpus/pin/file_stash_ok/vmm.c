// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: "having a file pointer allows KVM to verify that the incoming
 * pointer does indeed represent a VM".
 */
#include <linux/anon_inodes.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "guest.h"

struct guest {
	int id;
};

static int guest_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations guest_fops = {
	.owner = THIS_MODULE,
	.release = guest_release,
};

int guest_open(void)
{
	struct guest *guest = kzalloc(sizeof(*guest), GFP_KERNEL);
	int fd;

	if (!guest)
		return -ENOMEM;
	fd = anon_inode_getfd("guest", &guest_fops, guest, O_CLOEXEC);
	if (fd < 0)
		kfree(guest);
	return fd;
}

bool file_is_guest(struct file *file)
{
	return file && file->f_op == &guest_fops;
}
EXPORT_SYMBOL_GPL(file_is_guest);

int guest_file_id(struct file *file)
{
	struct guest *guest;

	if (!file_is_guest(file))
		return -EINVAL;
	guest = file->private_data;
	return guest->id;
}
EXPORT_SYMBOL_GPL(guest_file_id);

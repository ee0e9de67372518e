// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 000: the sanity check left out. The fd comes from a user, and any file
 * has some private_data.
 */
#include <linux/anon_inodes.h>
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

int guest_file_id(struct file *file)
{
	struct guest *guest;

	guest = file->private_data; // want pin-file-unverified "'private_data' of a file from user space"
	return guest->id;
}
EXPORT_SYMBOL_GPL(guest_file_id);

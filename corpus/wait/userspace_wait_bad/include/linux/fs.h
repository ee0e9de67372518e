/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: the table of a file's operations; each is a way from user space into the kernel. */
#ifndef LINUX_FS_H
#define LINUX_FS_H

#include <linux/types.h>

struct module;
struct inode;
struct file;

struct file_operations {
	struct module *owner;
	ssize_t (*read)(struct file *file, char __user *buf, size_t count, loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf, size_t count, loff_t *pos);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*release)(struct inode *inode, struct file *file);
};

struct file {
	const struct file_operations *f_op;
	void *private_data;
};

#endif

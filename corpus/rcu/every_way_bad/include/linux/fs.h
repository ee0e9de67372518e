/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: what the driver beside it needs of the VFS. */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

struct file;
struct inode;

struct file_operations {
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd, unsigned long arg);
	int (*open)(struct inode *inode, struct file *file);
};

#endif

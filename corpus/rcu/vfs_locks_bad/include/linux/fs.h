/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: what the file system beside it needs of the VFS. */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/rwsem.h>

struct dentry;
struct mnt_idmap;

struct inode {
	struct rw_semaphore i_rwsem;
};

struct inode_operations {
	struct dentry *(*lookup)(struct inode *dir, struct dentry *dentry, unsigned int flags);
	int (*permission)(struct mnt_idmap *idmap, struct inode *dir, int mask);
	int (*create)(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
		      umode_t mode, bool excl);
	int (*unlink)(struct inode *dir, struct dentry *dentry);
};

#endif

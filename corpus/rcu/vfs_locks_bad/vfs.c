// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the VFS calls .permission with no lock at all.
 */
#include <linux/fs.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct note {
	struct list_head node;
	const char *name;
};

struct notebook {
	struct inode inode;
	struct list_head notes;
};

static struct notebook *notebook(struct inode *dir)
{
	return container_of(dir, struct notebook, inode);
}

static int note_find(struct inode *dir, const char *name)
{
	struct note *note;
	int found = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(note, &notebook(dir)->notes, node)
		found |= note->name == name;
	rcu_read_unlock();

	return found;
}

static struct dentry *notebook_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	return note_find(dir, dentry->d_name.name) ? NULL : ERR_PTR(-ENOENT);
}

static int notebook_permission(struct mnt_idmap *idmap, struct inode *dir, int mask)
{
	return note_find(dir, "locked") ? -EACCES : 0;
}

static int notebook_create(struct mnt_idmap *idmap, struct inode *dir, struct dentry *dentry,
			   umode_t mode, bool excl)
{
	struct note *note = kzalloc(sizeof(*note), GFP_KERNEL);

	if (!note)
		return -ENOMEM;
	list_add_rcu(&note->node, &notebook(dir)->notes);
	return 0;
}

static int notebook_unlink(struct inode *dir, struct dentry *dentry)
{
	struct note *note = dentry->d_fsdata;

	list_del(&note->node); // want rcu-list-plain-delete "plain list_del\(\).*struct note\.node"
	kfree(note);
	return 0;
}

const struct inode_operations notebook_operations = {
	.lookup = notebook_lookup,
	.create = notebook_create,
	.unlink = notebook_unlink,
	.permission = notebook_permission,
};

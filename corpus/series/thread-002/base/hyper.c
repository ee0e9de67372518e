// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 002, the other way out: the symbol's pin is kept for as long as the
 * table is used, and dropped where the entry dies.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "portal.h"

struct hyper_portal {
	struct list_head node;
	struct file *file;
	const struct portal_file_ops *ops;
};

int hyper_portal_add(struct hyper *hyper, unsigned int fd)
{
	const struct portal_file_ops *(*fn)(struct file *file);
	struct hyper_portal *hp;
	struct file *file;
	int ret;

	file = fget(fd);
	if (!file)
		return -EBADF;

	hp = kzalloc(sizeof(*hp), GFP_KERNEL_ACCOUNT);
	if (!hp) {
		ret = -ENOMEM;
		goto err_fput;
	}

	fn = symbol_get(portal_file_get_ops);
	if (!fn) {
		ret = -EINVAL;
		goto err_free;
	}
	hp->ops = fn(file);
	if (IS_ERR(hp->ops)) {
		ret = PTR_ERR(hp->ops);
		goto err_put;
	}
	hp->file = file;

	mutex_lock(&hyper->lock);
	list_add_tail(&hp->node, &hyper->portals);
	mutex_unlock(&hyper->lock);
	return 0;

err_put:
	symbol_put(portal_file_get_ops);
err_free:
	kfree(hp);
err_fput:
	fput(file);
	return ret;
}

void hyper_portal_update(struct hyper *hyper)
{
	struct hyper_portal *hp;

	mutex_lock(&hyper->lock);
	hyper->noncoherent = false;
	list_for_each_entry(hp, &hyper->portals, node) {
		if (!hp->ops->enforces_coherency(hp->file))
			hyper->noncoherent = true;
	}
	mutex_unlock(&hyper->lock);
}

void hyper_portal_del_all(struct hyper *hyper)
{
	struct hyper_portal *hp, *tmp;

	mutex_lock(&hyper->lock);
	list_for_each_entry_safe(hp, tmp, &hyper->portals, node) {
		list_del(&hp->node);
		fput(hp->file);
		kfree(hp);
		symbol_put(portal_file_get_ops);
	}
	mutex_unlock(&hyper->lock);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 002: the table outlives the pin. Nothing is kept that would hold the
 * provider: the symbol's pin is dropped, and so is the file.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "portal.h"

struct hyper_portal {
	struct list_head node;
	const struct portal_file_ops *ops;
	int iommu_id;
};

int hyper_portal_refresh(struct hyper *hyper, struct hyper_portal *hp, struct file *file);

int hyper_portal_add(struct hyper *hyper, unsigned int fd)
{
	const struct portal_file_ops *(*fn)(struct file *file);
	const struct portal_file_ops *ops;
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
	ops = fn(file);
	if (IS_ERR(ops)) {
		symbol_put(portal_file_get_ops);
		ret = PTR_ERR(ops);
		goto err_free;
	}
	hp->iommu_id = ops->iommu_id(file);
	symbol_put(portal_file_get_ops);

	hp->ops = ops; // want symbol-use-after-put "'ops' of symbol_get\(portal_file_get_ops\) is stored after"
	fput(file);

	mutex_lock(&hyper->lock);
	list_add_tail(&hp->node, &hyper->portals);
	mutex_unlock(&hyper->lock);
	return 0;

err_free:
	kfree(hp);
err_fput:
	fput(file);
	return ret;
}

/* The order of the thread's patch: stored, put, and only then looked at. */
int hyper_portal_refresh(struct hyper *hyper, struct hyper_portal *hp, struct file *file)
{
	const struct portal_file_ops *(*fn)(struct file *file);

	lockdep_assert_held(&hyper->lock);

	fn = symbol_get(portal_file_get_ops);
	if (!fn)
		return -EINVAL;
	hp->ops = fn(file); // want symbol-use-after-put "symbol_get\(portal_file_get_ops\).*stored"
	symbol_put(portal_file_get_ops);
	if (IS_ERR(hp->ops)) {
		int ret = PTR_ERR(hp->ops);

		hp->ops = NULL;
		return ret;
	}
	return 0;
}

void hyper_portal_update(struct hyper *hyper)
{
	struct hyper_portal *hp;

	mutex_lock(&hyper->lock);
	hyper->noncoherent = false;
	list_for_each_entry(hp, &hyper->portals, node) {
		if (hp->ops && !hp->ops->enforces_coherency(hp->iommu_id))
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
		kfree(hp);
	}
	mutex_unlock(&hyper->lock);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 002: "uses many symbol_get()s": each wrapper is right on its own, the
 * pile of them is what the thread complains about.
 */
#include <linux/err.h>
#include <linux/module.h>

#include "portal.h"

int hyper_portal_probe(struct file *file);

static struct portal_group *hyper_group_get(struct file *file)
{
	struct portal_group *(*fn)(struct file *file);
	struct portal_group *group;

	fn = symbol_get(portal_group_get);
	if (!fn)
		return ERR_PTR(-EINVAL);

	group = fn(file);
	symbol_put(portal_group_get);

	return group;
}

static void hyper_group_put(struct portal_group *group)
{
	void (*fn)(struct portal_group *group);

	fn = symbol_get(portal_group_put);
	if (!fn)
		return;

	fn(group);
	symbol_put(portal_group_put);
}

static int hyper_group_id(struct portal_group *group)
{
	int (*fn)(struct portal_group *group);
	int id;

	fn = symbol_get(portal_group_id); // latent symbol-get-pile "one table of functions"
	if (!fn)
		return -EINVAL;

	id = fn(group);
	symbol_put(portal_group_id);

	return id;
}

static bool hyper_group_coherent(struct portal_group *group)
{
	long (*fn)(struct portal_group *group, unsigned long arg);
	bool coherent;

	fn = symbol_get(portal_check_extension);
	if (!fn)
		return false;

	coherent = fn(group, 1) > 0;
	symbol_put(portal_check_extension);

	return coherent;
}

int hyper_portal_probe(struct file *file)
{
	struct portal_group *group = hyper_group_get(file);
	int id;

	if (IS_ERR(group))
		return PTR_ERR(group);

	id = hyper_group_coherent(group) ? hyper_group_id(group) : -EOPNOTSUPP;
	hyper_group_put(group);
	return id;
}

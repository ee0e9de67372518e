// SPDX-License-Identifier: Apache-2.0
/* Thread 002: the provider checks that the file is one of its own. */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/module.h>

#include "portal.h"

struct portal {
	int iommu_id;
	bool coherent;
};

static const struct file_operations portal_fops = {
	.owner = THIS_MODULE,
};

static bool portal_enforces_coherency(struct file *file)
{
	struct portal *portal = file->private_data;

	return portal->coherent;
}

static int portal_iommu_id(struct file *file)
{
	struct portal *portal = file->private_data;

	return portal->iommu_id;
}

static const struct portal_file_ops portal_ops = {
	.enforces_coherency = portal_enforces_coherency,
	.iommu_id = portal_iommu_id,
};

const struct portal_file_ops *portal_file_get_ops(struct file *file)
{
	if (file->f_op != &portal_fops)
		return ERR_PTR(-EINVAL);
	return &portal_ops;
}
EXPORT_SYMBOL_GPL(portal_file_get_ops);

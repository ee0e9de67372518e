// SPDX-License-Identifier: Apache-2.0
/* Thread 002: one table of functions instead of a symbol_get() for each. */
#ifndef PORTAL_H
#define PORTAL_H

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>

struct portal_file_ops {
	bool (*enforces_coherency)(struct file *file);
	int (*iommu_id)(struct file *file);
};

const struct portal_file_ops *portal_file_get_ops(struct file *file);

struct hyper {
	struct mutex lock;
	struct list_head portals;
	bool noncoherent;
};

int hyper_portal_add(struct hyper *hyper, unsigned int fd);
void hyper_portal_update(struct hyper *hyper);
void hyper_portal_del_all(struct hyper *hyper);

#endif

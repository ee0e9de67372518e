// SPDX-License-Identifier: Apache-2.0
/* Classic: a look-up that gives nothing for nothing. */
#include <linux/of.h>
#include <linux/spinlock.h>

static DEFINE_RAW_SPINLOCK(devtree_lock);

struct device_node *of_get_parent(const struct device_node *node)
{
	struct device_node *np;
	unsigned long flags;

	if (!node)
		return NULL;

	raw_spin_lock_irqsave(&devtree_lock, flags);
	np = of_node_get(node->parent);
	raw_spin_unlock_irqrestore(&devtree_lock, flags);
	return np;
}

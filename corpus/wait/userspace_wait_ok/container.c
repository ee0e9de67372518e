// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 004: the wait has an end of its own: a signal that kills, a time limit,
 * and a closed container, which is final for those who come later as well.
 */
#include <linux/errno.h>
#include <linux/jiffies.h>

#include "container.h"

struct mapping *container_find(struct container *container, u64 iova)
{
	struct mapping *m;

	lockdep_assert_held(&container->lock);

	list_for_each_entry(m, &container->mappings, node)
		if (iova >= m->iova && iova - m->iova < m->size)
			return m;
	return NULL;
}

static bool container_settled(struct container *container)
{
	return !READ_ONCE(container->invalid_count) || READ_ONCE(container->closed);
}

int container_pin(struct container *container, u64 iova, unsigned long *vaddr)
{
	struct mapping *m;
	int ret = -EINVAL;
	long left;

	mutex_lock(&container->lock);
	while (container->invalid_count && !container->closed) {
		mutex_unlock(&container->lock);
		left = wait_event_killable_timeout(container->vaddr_wait,
						   container_settled(container), 10 * HZ);
		if (left < 0)
			return left;
		if (!left)
			return -ETIMEDOUT;
		mutex_lock(&container->lock);
	}
	if (container->closed) {
		mutex_unlock(&container->lock);
		return -ENODEV;
	}

	m = container_find(container, iova);
	if (m) {
		*vaddr = m->vaddr + (iova - m->iova);
		ret = 0;
	}
	mutex_unlock(&container->lock);

	return ret;
}

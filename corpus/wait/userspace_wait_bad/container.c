// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 004: whoever wants to pin a page waits until user space has given every
 * address back. If it never does, neither does this return; and pins come from
 * kernel threads and from trapped accesses too, which no file close wakes.
 */
#include <linux/errno.h>

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

int container_pin(struct container *container, u64 iova, unsigned long *vaddr)
{
	struct mapping *m;
	int ret = -EINVAL;

again:
	mutex_lock(&container->lock);
	if (container->invalid_count) {
		mutex_unlock(&container->lock);
		wait_event(container->vaddr_wait, !READ_ONCE(container->invalid_count)); // want wait-for-userspace "struct container.vaddr_wait"
		goto again;
	}

	m = container_find(container, iova);
	if (m) {
		*vaddr = m->vaddr + (iova - m->iova);
		ret = 0;
	}
	mutex_unlock(&container->lock);

	return ret;
}

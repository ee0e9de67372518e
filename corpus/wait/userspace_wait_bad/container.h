// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 004: mappings whose user address may be withdrawn for a while, until
 * user space says where the memory is now.
 */
#ifndef CONTAINER_H
#define CONTAINER_H

#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/wait.h>

struct mapping {
	struct list_head node;
	u64 iova;
	u64 size;
	unsigned long vaddr;
	bool vaddr_invalid;
};

struct container {
	struct mutex lock;
	struct list_head mappings;
	unsigned int invalid_count;
	wait_queue_head_t vaddr_wait;
};

struct mapping *container_find(struct container *container, u64 iova);
int container_pin(struct container *container, u64 iova, unsigned long *vaddr);

#endif

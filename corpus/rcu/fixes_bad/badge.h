// SPDX-License-Identifier: Apache-2.0
/* Classic: what may be repaired by one word, and what may not. */
#ifndef BADGE_H
#define BADGE_H

#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct badge {
	struct list_head node;
	struct hlist_node slot;
	u32 id;
	char *name;
	struct rcu_head rcu;
};

/* The head is in use by readers for something else. */
struct card {
	struct list_head node;
	u32 id;
	union {
		struct rcu_head rcu;
		u64 seen;
	};
};

struct office {
	struct mutex lock;
	struct list_head badges;
	struct list_head cards;
	struct hlist_head slots;
};

void badge_archive(struct badge *badge);

#endif

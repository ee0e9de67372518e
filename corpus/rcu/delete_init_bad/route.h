// SPDX-License-Identifier: Apache-2.0
/* Classic: nodes that are re-initialised under the feet of lockless walkers. */
#ifndef ROUTE_H
#define ROUTE_H

#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>

struct route {
	struct hlist_node hash_node;
	u32 key;
	struct rcu_head rcu;
};

struct route_table {
	spinlock_t lock;
	struct hlist_head buckets[16];
};

static inline struct hlist_head *route_bucket(struct route_table *table, u32 key)
{
	return &table->buckets[key % 16];
}

/* Called with table->lock held. */
static inline void route_unhash(struct route *route)
{
	if (!hlist_unhashed(&route->hash_node))
		hlist_del_init(&route->hash_node); // want rcu-list-delete-init "hlist_del_init\(\).*struct route\.hash_node" fixed rcu-list-delete-init "hlist_del_init_rcu(&route->hash_node);"
}

#endif

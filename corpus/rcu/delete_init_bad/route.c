// SPDX-License-Identifier: Apache-2.0
/* Classic: hlist_del_init() clears ->next, so a walk ends too early. */
#include <linux/slab.h>

#include "route.h"

bool route_exists(struct route_table *table, u32 key);
int route_insert(struct route_table *table, u32 key);
void route_remove(struct route_table *table, struct route *route);

bool route_exists(struct route_table *table, u32 key)
{
	struct route *route;
	bool found = false;

	rcu_read_lock();
	hlist_for_each_entry_rcu(route, route_bucket(table, key), hash_node) {
		if (route->key == key) {
			found = true;
			break;
		}
	}
	rcu_read_unlock();

	return found;
}

int route_insert(struct route_table *table, u32 key)
{
	struct route *route = kmalloc(sizeof(*route), GFP_ATOMIC);

	if (!route)
		return -ENOMEM;

	route->key = key;
	spin_lock_bh(&table->lock);
	hlist_add_head_rcu(&route->hash_node, route_bucket(table, key));
	spin_unlock_bh(&table->lock);
	return 0;
}

void route_remove(struct route_table *table, struct route *route)
{
	spin_lock_bh(&table->lock);
	route_unhash(route);
	spin_unlock_bh(&table->lock);
	kfree_rcu(route, rcu);
}

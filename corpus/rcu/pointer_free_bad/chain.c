// SPDX-License-Identifier: Apache-2.0
/* Classic: a chain of RCU pointers, of which one link is taken out. */
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct hop {
	struct hop __rcu *next;
	int cost;
};

struct route {
	struct mutex lock;
	struct hop __rcu *first;
};

int route_cost(struct route *route);
void route_skip(struct route *route, int cost);
void route_cut(struct route *route);

int route_cost(struct route *route)
{
	struct hop *hop;
	int cost = 0;

	rcu_read_lock();
	for (hop = rcu_dereference(route->first); hop; hop = rcu_dereference(hop->next))
		cost += hop->cost;
	rcu_read_unlock();
	return cost;
}

void route_skip(struct route *route, int cost)
{
	struct hop __rcu **link;
	struct hop *hop;

	mutex_lock(&route->lock);
	link = &route->first;
	hop = rcu_dereference_protected(*link, lockdep_is_held(&route->lock));
	if (hop && hop->cost == cost) {
		rcu_assign_pointer(*link, hop->next);
		kfree(hop); // latent rcu-pointer-free-without-grace-period "has not been measured"
	}
	mutex_unlock(&route->lock);
}

void route_cut(struct route *route)
{
	struct hop *before, *hop;

	mutex_lock(&route->lock);
	before = rcu_dereference_protected(route->first, lockdep_is_held(&route->lock));
	hop = before ? rcu_dereference_protected(before->next, 1) : NULL;
	if (hop) {
		RCU_INIT_POINTER(before->next, hop->next);
		kfree(hop); // latent rcu-pointer-free-without-grace-period "has not been measured"
	}
	mutex_unlock(&route->lock);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 003: the lockless readers. Both lists are walked on every interrupt; the
 * route that goes is initialised under the walker, whose walk ends too early.
 */
#include <linux/rculist.h>
#include <linux/slab.h>

#include "gate_internal.h"

bool gate_line_claimed(struct gate *gate, u32 line)
{
	struct gate_device *dev;
	bool claimed = false;

	rcu_read_lock();
	list_for_each_entry_rcu(dev, &gate->devices, gate_node) {
		if (dev->ops->claims && dev->ops->claims(dev, line)) {
			claimed = true;
			break;
		}
	}
	rcu_read_unlock();

	return claimed;
}

int gate_route_vector(struct gate *gate, u32 line)
{
	struct gate_route *route;
	int vector = -ENOENT;

	rcu_read_lock();
	hlist_for_each_entry_rcu(route, &gate->routes, hash) {
		if (route->line == line) {
			vector = route->vector;
			break;
		}
	}
	rcu_read_unlock();

	return vector;
}

int gate_route_add(struct gate *gate, u32 line, u32 vector)
{
	struct gate_route *route = kzalloc(sizeof(*route), GFP_KERNEL_ACCOUNT);

	if (!route)
		return -ENOMEM;

	route->line = line;
	route->vector = vector;
	mutex_lock(&gate->lock);
	hlist_add_head_rcu(&route->hash, &gate->routes);
	mutex_unlock(&gate->lock);
	return 0;
}

void gate_route_del(struct gate *gate, struct gate_route *route)
{
	mutex_lock(&gate->lock);
	hlist_del_init(&route->hash); // want rcu-list-delete-init "hlist_del_init\(\).*struct gate_route\.hash" fixed rcu-list-delete-init "hlist_del_init_rcu(&route->hash);"
	mutex_unlock(&gate->lock);
	kfree_rcu(route, rcu);
}

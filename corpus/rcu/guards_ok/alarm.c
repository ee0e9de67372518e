// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the scopes of guard() and scoped_guard() carry the same locks as the
 * paired calls: one reader is excluded by the mutex, the other is respected.
 */
#include <linux/cleanup.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct beacon {
	struct list_head on_floor;
	int floor;
};

struct bulb {
	struct hlist_node on_wall;
	int wall;
};

struct tower {
	struct mutex lock;
	struct list_head beacons;
	struct hlist_head bulbs;
};

int tower_beacons(struct tower *tower);
bool tower_lit(struct tower *tower, int wall);
void tower_add(struct tower *tower, struct beacon *beacon, struct bulb *bulb);
void tower_drop_beacon(struct tower *tower, struct beacon *beacon);
void tower_drop_bulb(struct tower *tower, struct bulb *bulb);

int tower_beacons(struct tower *tower)
{
	struct beacon *b;
	int n = 0;

	guard(mutex)(&tower->lock);
	scoped_guard(rcu) {
		list_for_each_entry_rcu(b, &tower->beacons, on_floor)
			n++;
	}

	return n;
}

bool tower_lit(struct tower *tower, int wall)
{
	struct bulb *l;

	guard(rcu)();
	hlist_for_each_entry_rcu(l, &tower->bulbs, on_wall)
		if (l->wall == wall)
			return true;

	return false;
}

void tower_add(struct tower *tower, struct beacon *beacon, struct bulb *bulb)
{
	guard(mutex)(&tower->lock);
	list_add_rcu(&beacon->on_floor, &tower->beacons);
	hlist_add_head_rcu(&bulb->on_wall, &tower->bulbs);
}

void tower_drop_beacon(struct tower *tower, struct beacon *beacon)
{
	scoped_guard(mutex, &tower->lock)
		list_del(&beacon->on_floor); // excused rcu-list-plain-delete "reader-excluded-by-lock"
	kfree(beacon);
}

void tower_drop_bulb(struct tower *tower, struct bulb *bulb)
{
	scoped_guard(mutex, &tower->lock)
		hlist_del_init_rcu(&bulb->on_wall);
	synchronize_rcu();
	kfree(bulb);
}

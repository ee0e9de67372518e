// SPDX-License-Identifier: Apache-2.0
/* Classic: read-side sections and locks that exist only as scopes. */
#include <linux/cleanup.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct siren {
	struct list_head on_floor;
	int floor;
	bool armed;
	struct rcu_head rcu;
};

struct lamp {
	struct hlist_node on_wall;
	int wall;
	struct rcu_head rcu;
};

struct house {
	struct mutex lock;
	struct list_head sirens;
	struct hlist_head lamps;
};

bool house_armed(struct house *house, int floor);
bool house_lit(struct house *house, int wall);
void house_add(struct house *house, struct siren *siren, struct lamp *lamp);
void house_drop_siren(struct house *house, struct siren *siren);
void house_drop_lamp(struct house *house, struct lamp *lamp);

bool house_armed(struct house *house, int floor)
{
	struct siren *s;

	guard(rcu)();
	list_for_each_entry_rcu(s, &house->sirens, on_floor)
		if (s->floor == floor)
			return READ_ONCE(s->armed);

	return false;
}

bool house_lit(struct house *house, int wall)
{
	struct lamp *l;
	bool lit = false;

	scoped_guard(rcu) {
		hlist_for_each_entry_rcu(l, &house->lamps, on_wall)
			lit |= l->wall == wall;
	}

	return lit;
}

void house_add(struct house *house, struct siren *siren, struct lamp *lamp)
{
	guard(mutex)(&house->lock);
	list_add_rcu(&siren->on_floor, &house->sirens);
	hlist_add_head_rcu(&lamp->on_wall, &house->lamps);
}

void house_drop_siren(struct house *house, struct siren *siren)
{
	scoped_guard(mutex, &house->lock)
		list_del(&siren->on_floor); // want rcu-list-plain-delete "plain list_del\(\).*struct siren\.on_floor" fixed rcu-list-plain-delete "list_del_rcu(&siren->on_floor);"
	kfree_rcu(siren, rcu);
}

void house_drop_lamp(struct house *house, struct lamp *lamp)
{
	guard(mutex)(&house->lock);
	hlist_del_init(&lamp->on_wall); // want rcu-list-delete-init "hlist_del_init\(\).*struct lamp\.on_wall" fixed rcu-list-delete-init "hlist_del_init_rcu(&lamp->on_wall);"
	kfree_rcu(lamp, rcu);
}

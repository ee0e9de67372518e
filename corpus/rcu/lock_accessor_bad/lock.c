// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: reader and updater lock different members; a function that nobody calls
 * says which is right.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct berth {
	struct list_head node;
	int length;
};

struct harbour {
	struct list_head berths;
	struct mutex locks[2];
	struct mutex office;
};

static struct mutex *harbour_lock(struct harbour *harbour)
{
	return &harbour->office;
}

int harbour_longest(struct harbour *harbour);
void harbour_open(struct harbour *harbour, struct berth *berth);
void harbour_close(struct harbour *harbour, struct berth *berth);

int harbour_longest(struct harbour *harbour)
{
	struct berth *berth;
	int longest = 0;

	mutex_lock(&harbour->locks[0]);
	rcu_read_lock();
	list_for_each_entry_rcu(berth, &harbour->berths, node)
		if (berth->length > longest)
			longest = berth->length;
	rcu_read_unlock();
	mutex_unlock(&harbour->locks[0]);

	return longest;
}

void harbour_open(struct harbour *harbour, struct berth *berth)
{
	mutex_lock(&harbour->office);
	list_add_rcu(&berth->node, &harbour->berths);
	mutex_unlock(&harbour->office);
}

void harbour_close(struct harbour *harbour, struct berth *berth)
{
	mutex_lock(&harbour->office);
	list_del(&berth->node); // want rcu-list-plain-delete "plain list_del\(\).*struct berth\.node"
	mutex_unlock(&harbour->office);
	kfree(berth);
}

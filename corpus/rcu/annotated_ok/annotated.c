// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the reader says in its definition that callers hold the lock of the list,
 * though nobody in sight calls it.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct tenant {
	struct list_head node;
	int rent;
};

struct house {
	struct list_head tenants;
	struct mutex lock;
};

int house_rent(struct house *house);
void house_move_in(struct house *house, struct tenant *tenant);
void house_move_out(struct house *house, struct tenant *tenant);

int house_rent(struct house *house)
	__must_hold(&house->lock)
{
	struct tenant *tenant;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(tenant, &house->tenants, node)
		sum += tenant->rent;
	rcu_read_unlock();

	return sum;
}

void house_move_in(struct house *house, struct tenant *tenant)
{
	mutex_lock(&house->lock);
	list_add_rcu(&tenant->node, &house->tenants);
	mutex_unlock(&house->lock);
}

void house_move_out(struct house *house, struct tenant *tenant)
{
	mutex_lock(&house->lock);
	list_del(&tenant->node); // excused rcu-list-plain-delete "reader-excluded-by-lock"
	mutex_unlock(&house->lock);
	kfree(tenant);
}

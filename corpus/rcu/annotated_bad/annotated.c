// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the reader's section is all that protects it; nothing says that callers
 * hold the lock of the list.
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
	list_del(&tenant->node); // want rcu-list-plain-delete "plain list_del\(\).*struct tenant\.node"
	mutex_unlock(&house->lock);
	kfree(tenant);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the deleter holds the rwlock for reading only (deleters are serialised
 * by a mutex of their own), and read against read does not exclude the walker.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct stub {
	struct list_head entry;
	u32 addr;
	u32 cost;
	struct rcu_head rcu;
};

struct stub_table {
	struct mutex update;
	rwlock_t lock;
	struct list_head stubs;
};

u32 stub_cost(struct stub_table *table, u32 addr);
int stub_add(struct stub_table *table, u32 addr, u32 cost);
void stub_del(struct stub_table *table, struct stub *stub);

u32 stub_cost(struct stub_table *table, u32 addr)
{
	struct stub *stub;
	u32 cost = U32_MAX;

	rcu_read_lock();
	read_lock_bh(&table->lock);
	list_for_each_entry_rcu(stub, &table->stubs, entry) {
		if (stub->addr == addr) {
			cost = stub->cost;
			break;
		}
	}
	read_unlock_bh(&table->lock);
	rcu_read_unlock();

	return cost;
}

int stub_add(struct stub_table *table, u32 addr, u32 cost)
{
	struct stub *stub = kmalloc(sizeof(*stub), GFP_KERNEL);

	if (!stub)
		return -ENOMEM;

	stub->addr = addr;
	stub->cost = cost;
	mutex_lock(&table->update);
	list_add_rcu(&stub->entry, &table->stubs);
	mutex_unlock(&table->update);
	return 0;
}

void stub_del(struct stub_table *table, struct stub *stub)
{
	mutex_lock(&table->update);
	read_lock_bh(&table->lock);
	list_del(&stub->entry); // want rcu-list-plain-delete "plain list_del\(\).*struct stub\.entry" fixed rcu-list-plain-delete "list_del_rcu(&stub->entry);"
	read_unlock_bh(&table->lock);
	mutex_unlock(&table->update);
	kfree_rcu(stub, rcu);
}

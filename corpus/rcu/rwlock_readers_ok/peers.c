// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the walk is an _rcu one inside a read-side section, yet the reader
 * also holds the rwlock for reading that the deleter holds for writing.
 */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct peer {
	struct list_head entry;
	u32 addr;
	u32 cost;
};

struct peer_table {
	rwlock_t lock;
	struct list_head peers;
};

u32 peer_cost(struct peer_table *table, u32 addr);
int peer_add(struct peer_table *table, u32 addr, u32 cost);
void peer_del(struct peer_table *table, struct peer *peer);

u32 peer_cost(struct peer_table *table, u32 addr)
{
	struct peer *peer;
	u32 cost = U32_MAX;

	rcu_read_lock();
	read_lock_bh(&table->lock);
	list_for_each_entry_rcu(peer, &table->peers, entry) {
		if (peer->addr == addr) {
			cost = peer->cost;
			break;
		}
	}
	read_unlock_bh(&table->lock);
	rcu_read_unlock();

	return cost;
}

int peer_add(struct peer_table *table, u32 addr, u32 cost)
{
	struct peer *peer = kmalloc(sizeof(*peer), GFP_KERNEL);

	if (!peer)
		return -ENOMEM;

	peer->addr = addr;
	peer->cost = cost;
	write_lock_bh(&table->lock);
	list_add_rcu(&peer->entry, &table->peers);
	write_unlock_bh(&table->lock);
	return 0;
}

void peer_del(struct peer_table *table, struct peer *peer)
{
	write_lock_bh(&table->lock);
	list_del(&peer->entry); // excused rcu-list-plain-delete "reader-excluded-by-lock"
	write_unlock_bh(&table->lock);
	kfree(peer);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the lock is taken under one condition, and the walk hangs on another.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct bid {
	struct list_head node;
	int amount;
};

struct auction {
	struct list_head bids;
	struct mutex lock;
	int open;
};

int auction_best(struct auction *auction, int wait);
void auction_bid(struct auction *auction, struct bid *bid);
void auction_withdraw(struct auction *auction, struct bid *bid);

int auction_best(struct auction *auction, int wait)
{
	struct bid *bid;
	int locked = 0;
	int best = 0;

	if (wait) {
		mutex_lock(&auction->lock);
		locked = 1;
	}
	if (!auction->open)
		goto out;

	rcu_read_lock();
	list_for_each_entry_rcu(bid, &auction->bids, node)
		if (bid->amount > best)
			best = bid->amount;
	rcu_read_unlock();
out:
	if (locked)
		mutex_unlock(&auction->lock);
	return best;
}

void auction_bid(struct auction *auction, struct bid *bid)
{
	mutex_lock(&auction->lock);
	list_add_rcu(&bid->node, &auction->bids);
	mutex_unlock(&auction->lock);
}

void auction_withdraw(struct auction *auction, struct bid *bid)
{
	mutex_lock(&auction->lock);
	list_del(&bid->node); // want rcu-list-plain-delete "plain list_del\(\).*struct bid\.node"
	mutex_unlock(&auction->lock);
	kfree(bid);
}

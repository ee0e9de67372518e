// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a whole list is taken over by copying its head and giving readers an
 * empty one with INIT_LIST_HEAD_RCU(); the nodes are freed after a grace period.
 */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct address {
	struct list_head list;
	u32 ip;
};

static LIST_HEAD(addresses);
static DEFINE_SPINLOCK(addresses_lock);

bool address_known(u32 ip);
int address_add(u32 ip);
void addresses_flush(void);

bool address_known(u32 ip)
{
	struct address *a;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(a, &addresses, list)
		found |= a->ip == ip;
	rcu_read_unlock();

	return found;
}

int address_add(u32 ip)
{
	struct address *a = kmalloc(sizeof(*a), GFP_KERNEL);

	if (!a)
		return -ENOMEM;

	a->ip = ip;
	spin_lock(&addresses_lock);
	list_add_tail_rcu(&a->list, &addresses);
	spin_unlock(&addresses_lock);
	return 0;
}

/* The caller has waited for a grace period. */
static void free_all(struct list_head *gone)
{
	while (!list_empty(gone)) {
		struct address *a;

		a = list_entry(gone->next, struct address, list);
		list_del_rcu(&a->list);
		kfree(a); // excused rcu-free-without-grace-period "after-grace-period"
	}
}

void addresses_flush(void)
{
	struct list_head gone;

	spin_lock(&addresses_lock);
	gone = addresses;
	INIT_LIST_HEAD_RCU(&addresses);
	spin_unlock(&addresses_lock);

	if (gone.next == &addresses)
		return;

	synchronize_rcu();

	gone.prev->next = &gone;
	gone.next->prev = &gone;
	free_all(&gone);
}

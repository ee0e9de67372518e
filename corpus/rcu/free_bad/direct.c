// SPDX-License-Identifier: Apache-2.0
/* Classic: the unlink is right, the free comes at once. */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct lease {
	struct hlist_node by_addr;
	u32 addr;
};

static HLIST_HEAD(leases);
static DEFINE_SPINLOCK(leases_lock);

bool lease_exists(u32 addr);
int lease_grant(u32 addr);
void lease_revoke(u32 addr);
void leases_flush(void);

bool lease_exists(u32 addr)
{
	struct lease *l;
	bool found = false;

	rcu_read_lock();
	hlist_for_each_entry_rcu(l, &leases, by_addr)
		found |= l->addr == addr;
	rcu_read_unlock();

	return found;
}

int lease_grant(u32 addr)
{
	struct lease *l = kmalloc(sizeof(*l), GFP_KERNEL);

	if (!l)
		return -ENOMEM;

	l->addr = addr;
	spin_lock(&leases_lock);
	hlist_add_head_rcu(&l->by_addr, &leases);
	spin_unlock(&leases_lock);
	return 0;
}

void lease_revoke(u32 addr)
{
	struct hlist_node *next;
	struct lease *l;

	spin_lock(&leases_lock);
	hlist_for_each_entry_safe(l, next, &leases, by_addr) {
		if (l->addr != addr)
			continue;
		hlist_del_rcu(&l->by_addr);
		kfree(l); // want rcu-free-without-grace-period "'l' is freed without a grace period.*struct lease\.by_addr"
	}
	spin_unlock(&leases_lock);
}

/* The grace period belongs between unlink and free, not before the unlink. */
void leases_flush(void)
{
	struct hlist_node *next;
	struct lease *l;

	synchronize_rcu();

	spin_lock(&leases_lock);
	hlist_for_each_entry_safe(l, next, &leases, by_addr) {
		hlist_del_init_rcu(&l->by_addr);
		kfree(l); // want rcu-free-without-grace-period "'l' is freed without a grace period.*struct lease\.by_addr"
	}
	spin_unlock(&leases_lock);
}

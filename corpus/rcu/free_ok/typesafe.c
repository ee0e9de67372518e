// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the cache keeps the memory a struct ticket for a grace period, and
 * readers check identity after they took a reference.
 */
#include <linux/rculist.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct ticket {
	struct hlist_node hash;
	refcount_t refs;
	u64 serial;
};

static HLIST_HEAD(tickets);
static DEFINE_SPINLOCK(tickets_lock);
static struct kmem_cache *ticket_cache;

int tickets_init(void);
struct ticket *ticket_issue(u64 serial);
struct ticket *ticket_find(u64 serial);
void ticket_put(struct ticket *t);
void ticket_cancel(struct ticket *t);

int tickets_init(void)
{
	ticket_cache = kmem_cache_create("ticket", sizeof(struct ticket), 0,
					 SLAB_TYPESAFE_BY_RCU, NULL);
	return ticket_cache ? 0 : -ENOMEM;
}

struct ticket *ticket_issue(u64 serial)
{
	struct ticket *t = kmem_cache_alloc(ticket_cache, GFP_KERNEL);

	if (!t)
		return NULL;

	t->serial = serial;
	refcount_set_release(&t->refs, 1);
	spin_lock(&tickets_lock);
	hlist_add_head_rcu(&t->hash, &tickets);
	spin_unlock(&tickets_lock);
	return t;
}

void ticket_put(struct ticket *t)
{
	if (refcount_dec_and_test(&t->refs))
		kmem_cache_free(ticket_cache, t);
}

struct ticket *ticket_find(u64 serial)
{
	struct ticket *t;

	rcu_read_lock();
again:
	hlist_for_each_entry_rcu(t, &tickets, hash) {
		if (t->serial != serial || !refcount_inc_not_zero(&t->refs))
			continue;
		if (likely(t->serial == serial)) {
			rcu_read_unlock();
			return t;
		}
		ticket_put(t);
		goto again;
	}
	rcu_read_unlock();

	return NULL;
}

void ticket_cancel(struct ticket *t)
{
	spin_lock(&tickets_lock);
	hlist_del_rcu(&t->hash);
	spin_unlock(&tickets_lock);
	ticket_put(t); // excused rcu-free-without-grace-period "slab-typesafe-by-rcu"
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a pointer carried out of its section, a walk that goes on from a node
 * nobody holds, and a node inserted again while readers may still stand on it.
 */
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct ledger {
	struct list_head node;
	refcount_t refs;
	u32 owner;
	u64 sum;
	struct rcu_head rcu;
};

struct folder {
	struct list_head place;
	u64 sum;
};

static LIST_HEAD(ledgers);
static DEFINE_SPINLOCK(ledgers_lock);
static LIST_HEAD(open_folders);
static LIST_HEAD(closed_folders);
static DEFINE_MUTEX(folders_lock);

u64 ledger_sum(u32 owner);
void ledgers_settle(void (*settle)(struct ledger *l));
void ledger_open(struct ledger *l);
void ledger_put(struct ledger *l);
u64 folders_total(bool closed);
void folder_open(struct folder *f);
void folder_close(struct folder *f);

/* A ledger leaves the list with its last reference, and never before. */
void ledger_put(struct ledger *l)
{
	if (!refcount_dec_and_lock(&l->refs, &ledgers_lock))
		return;
	list_del_rcu(&l->node);
	spin_unlock(&ledgers_lock);
	kfree_rcu(l, rcu);
}

void ledger_open(struct ledger *l)
{
	refcount_set(&l->refs, 1);
	spin_lock(&ledgers_lock);
	list_add_rcu(&l->node, &ledgers);
	spin_unlock(&ledgers_lock);
}

u64 ledger_sum(u32 owner)
{
	struct ledger *l, *found = NULL;

	rcu_read_lock();
	list_for_each_entry_rcu(l, &ledgers, node) {
		if (l->owner == owner) {
			found = l;
			break;
		}
	}
	rcu_read_unlock();

	return found ? found->sum : 0; // latent rcu-pointer-escapes "has not been measured"
}

/* The put may be the last one, and the section is not open again yet. */
void ledgers_settle(void (*settle)(struct ledger *l))
{
	struct ledger *l;

	rcu_read_lock();
	list_for_each_entry_rcu(l, &ledgers, node) {
		if (!refcount_inc_not_zero(&l->refs))
			continue;
		rcu_read_unlock(); // want rcu-walk-drops-lock "goes on from 'l', whose reference is given back"
		settle(l);
		ledger_put(l);
		rcu_read_lock();
	}
	rcu_read_unlock();
}

u64 folders_total(bool closed)
{
	struct list_head *head = closed ? &closed_folders : &open_folders;
	struct folder *f;
	u64 total = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(f, head, place)
		total += f->sum;
	rcu_read_unlock();

	return total;
}

void folder_open(struct folder *f)
{
	mutex_lock(&folders_lock);
	list_add_rcu(&f->place, &open_folders);
	mutex_unlock(&folders_lock);
}

void folder_close(struct folder *f)
{
	mutex_lock(&folders_lock);
	list_del_rcu(&f->place);
	list_add_rcu(&f->place, &closed_folders); // want rcu-double-insert "'f' is put on a list again with list_add_rcu\(\)"
	mutex_unlock(&folders_lock);
}

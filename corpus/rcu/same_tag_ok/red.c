// SPDX-License-Identifier: Apache-2.0
/* Classic: this file's struct entry is an RCU one; the one in blue.c is not. */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct entry {
	struct list_head node;
	int key;
	struct rcu_head rcu;
};

static LIST_HEAD(red_entries);
static DEFINE_SPINLOCK(red_lock);

bool red_contains(int key);
void red_add(int key);
void red_remove(int key);

bool red_contains(int key)
{
	struct entry *e;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(e, &red_entries, node)
		found |= e->key == key;
	rcu_read_unlock();

	return found;
}

void red_add(int key)
{
	struct entry *e = kmalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return;

	e->key = key;
	spin_lock(&red_lock);
	list_add_rcu(&e->node, &red_entries);
	spin_unlock(&red_lock);
}

void red_remove(int key)
{
	struct entry *e;

	spin_lock(&red_lock);
	list_for_each_entry(e, &red_entries, node) {
		if (e->key == key) {
			list_del_rcu(&e->node);
			kfree_rcu(e, rcu);
			break;
		}
	}
	spin_unlock(&red_lock);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: same tag and same field name as in red.c, another struct. Matching by
 * names alone would report each delete here.
 */
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct entry {
	struct list_head node;
	int key;
};

static LIST_HEAD(blue_entries);
static DEFINE_SPINLOCK(blue_lock);

bool blue_contains(int key);
void blue_add(int key);
void blue_remove(int key);
void blue_park(int key);

bool blue_contains(int key)
{
	struct entry *e;
	bool found = false;

	spin_lock(&blue_lock);
	list_for_each_entry(e, &blue_entries, node)
		found |= e->key == key;
	spin_unlock(&blue_lock);

	return found;
}

void blue_add(int key)
{
	struct entry *e = kmalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return;

	e->key = key;
	spin_lock(&blue_lock);
	list_add(&e->node, &blue_entries);
	spin_unlock(&blue_lock);
}

void blue_remove(int key)
{
	struct entry *e, *tmp;

	spin_lock(&blue_lock);
	list_for_each_entry_safe(e, tmp, &blue_entries, node) {
		if (e->key == key) {
			list_del(&e->node);
			kfree(e);
		}
	}
	spin_unlock(&blue_lock);
}

void blue_park(int key)
{
	struct entry *e;

	spin_lock(&blue_lock);
	list_for_each_entry(e, &blue_entries, node) {
		if (e->key == key) {
			list_del_init(&e->node);
			break;
		}
	}
	spin_unlock(&blue_lock);
}

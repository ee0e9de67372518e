// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: plain insertions that no reader can meet, one for each reason: each
 * struct has readers without a lock somewhere.
 */
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

/* Every reader takes the updater's mutex. */
struct book {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(books);
static DEFINE_MUTEX(books_lock);

bool book_here(u32 id);
void book_return(struct book *book);

/* The same walk under the mutex, inside a section that is not needed. */
struct map {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(maps);
static DEFINE_MUTEX(maps_lock);

bool map_here(u32 id);
void map_add(struct map *map);

/* Readers walk one list, and what they never see is kept on another. */
struct disc {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(discs);
static LIST_HEAD(broken);
static DEFINE_MUTEX(discs_lock);

bool disc_here(u32 id);
void disc_break(struct disc *disc);

/* A shelf that nobody has yet. */
struct shelf {
	struct list_head items;
};

struct shelf_item {
	struct list_head node;
	u32 id;
};

bool shelf_has(struct shelf *shelf, u32 id);
struct shelf *shelf_create(struct shelf_item *first);

bool book_here(u32 id)
{
	struct book *book;
	bool here = false;

	mutex_lock(&books_lock);
	list_for_each_entry_rcu(book, &books, node)
		here |= book->id == id;
	mutex_unlock(&books_lock);
	return here;
}

void book_return(struct book *book)
{
	mutex_lock(&books_lock);
	list_add(&book->node, &books); // excused rcu-list-plain-insert "no-lockless-reader"
	mutex_unlock(&books_lock);
}

bool map_here(u32 id)
{
	struct map *map;
	bool here = false;

	mutex_lock(&maps_lock);
	rcu_read_lock();
	list_for_each_entry_rcu(map, &maps, node)
		here |= map->id == id;
	rcu_read_unlock();
	mutex_unlock(&maps_lock);
	return here;
}

void map_add(struct map *map)
{
	mutex_lock(&maps_lock);
	list_add_tail(&map->node, &maps); // excused rcu-list-plain-insert "reader-excluded-by-lock"
	mutex_unlock(&maps_lock);
}

bool disc_here(u32 id)
{
	struct disc *disc;
	bool here = false;

	rcu_read_lock();
	list_for_each_entry_rcu(disc, &discs, node)
		here |= disc->id == id;
	rcu_read_unlock();
	return here;
}

void disc_break(struct disc *disc)
{
	mutex_lock(&discs_lock);
	list_del_rcu(&disc->node);
	synchronize_rcu();
	list_add(&disc->node, &broken); // excused rcu-list-plain-insert "private-list"
	mutex_unlock(&discs_lock);
}

bool shelf_has(struct shelf *shelf, u32 id)
{
	struct shelf_item *item;
	bool has = false;

	rcu_read_lock();
	list_for_each_entry_rcu(item, &shelf->items, node)
		has |= item->id == id;
	rcu_read_unlock();
	return has;
}

struct shelf *shelf_create(struct shelf_item *first)
{
	struct shelf *shelf = kzalloc(sizeof(*shelf), GFP_KERNEL);

	if (!shelf)
		return NULL;
	INIT_LIST_HEAD(&shelf->items);
	list_add(&first->node, &shelf->items); // excused rcu-list-plain-insert "not-published"
	return shelf;
}

/* The last reference is gone; what still comes is kept with the rest. */
struct rack {
	struct kref kref;
	struct list_head parts;
};

struct rack_part {
	struct list_head node;
	u32 id;
};

bool rack_has(struct rack *rack, u32 id);
void rack_put(struct rack *rack);
void rack_keep(struct rack_part *part);

static struct rack_part *kept;

bool rack_has(struct rack *rack, u32 id)
{
	struct rack_part *part;
	bool has = false;

	rcu_read_lock();
	list_for_each_entry_rcu(part, &rack->parts, node)
		has |= part->id == id;
	rcu_read_unlock();
	return has;
}

static void rack_release(struct kref *kref)
{
	struct rack *rack = container_of(kref, struct rack, kref);

	list_add(&kept->node, &rack->parts); // excused rcu-list-plain-insert "last-reference-gone"
	rack_keep(kept);
}

void rack_put(struct rack *rack)
{
	kref_put(&rack->kref, rack_release);
}

/* Readers come by a pointer; it is cleared, they are waited for, then it is ours. */
struct stack {
	struct list_head sheets;
};

struct sheet {
	struct list_head node;
	u32 id;
};

static struct stack __rcu *stack;
static DEFINE_MUTEX(stack_lock);

bool stack_has(u32 id);
struct stack *stack_take(struct sheet *last);

bool stack_has(u32 id)
{
	struct sheet *sheet;
	struct stack *s;
	bool has = false;

	rcu_read_lock();
	s = rcu_dereference(stack);
	if (s) {
		list_for_each_entry_rcu(sheet, &s->sheets, node)
			has |= sheet->id == id;
	}
	rcu_read_unlock();
	return has;
}

struct stack *stack_take(struct sheet *last)
{
	struct stack *s;

	mutex_lock(&stack_lock);
	s = rcu_dereference_protected(stack, lockdep_is_held(&stack_lock));
	rcu_assign_pointer(stack, NULL);
	mutex_unlock(&stack_lock);
	synchronize_rcu();
	list_add(&last->node, &s->sheets); // excused rcu-list-plain-insert "after-grace-period"
	return s;
}

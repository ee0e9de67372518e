// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: plain moves, splices and replacements that no reader can meet, one
 * for each reason: each struct has readers without a lock somewhere.
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
static LIST_HEAD(lent);
static DEFINE_MUTEX(books_lock);

bool book_here(u32 id);
void book_lend(struct book *book);

/* The same walk under the mutex, inside a section that is not needed. */
struct map {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(maps);
static LIST_HEAD(old_maps);
static DEFINE_MUTEX(maps_lock);

bool map_here(u32 id);
void map_retire(struct map *map);

/* What is retired waits on a local list for a grace period, and leaves that. */
struct disc {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(discs);
static DEFINE_MUTEX(discs_lock);

bool disc_here(u32 id);
void discs_sort(void);

/* A shelf that nobody has yet, and one that nobody has any more. */
struct shelf {
	struct kref kref;
	struct list_head items;
	struct list_head spare;
	struct rcu_head rcu;
};

struct shelf_item {
	struct list_head node;
	u32 id;
};

bool shelf_has(struct shelf *shelf, u32 id);
struct shelf *shelf_copy(struct list_head *items);
void shelf_put(struct shelf *shelf);

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

void book_lend(struct book *book)
{
	mutex_lock(&books_lock);
	list_move(&book->node, &lent); // excused rcu-list-plain-move "no-lockless-reader"
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

void map_retire(struct map *map)
{
	mutex_lock(&maps_lock);
	list_move_tail(&map->node, &old_maps); // excused rcu-list-plain-move "reader-excluded-by-lock"
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

void discs_sort(void)
{
	struct disc *disc, *next;
	LIST_HEAD(taken);
	LIST_HEAD(small);

	mutex_lock(&discs_lock);
	list_splice_init_rcu(&discs, &taken, synchronize_rcu);
	list_for_each_entry_safe(disc, next, &taken, node) {
		if (disc->id < 100)
			list_move(&disc->node, &small); // excused rcu-list-plain-move "private-list"
	}
	list_for_each_entry_safe(disc, next, &small, node)
		kfree(disc);
	mutex_unlock(&discs_lock);
}

/* The caller holds a reference to the shelf. */
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

struct shelf *shelf_copy(struct list_head *items)
{
	struct shelf *shelf = kzalloc(sizeof(*shelf), GFP_KERNEL);

	if (!shelf)
		return NULL;
	INIT_LIST_HEAD(&shelf->items);
	INIT_LIST_HEAD(&shelf->spare);
	list_splice_init(&shelf->items, &shelf->spare); // excused rcu-list-plain-move "not-published"
	return shelf;
}

static void shelf_free(struct rcu_head *rcu)
{
	struct shelf *shelf = container_of(rcu, struct shelf, rcu);

	list_splice_init(&shelf->items, &shelf->spare); // excused rcu-list-plain-move "in-rcu-callback"
	kfree(shelf);
}

static void shelf_release(struct kref *kref)
{
	struct shelf *shelf = container_of(kref, struct shelf, kref);
	LIST_HEAD(gone);

	list_splice_init(&shelf->items, &gone); // excused rcu-list-plain-move "last-reference-gone"
	call_rcu(&shelf->rcu, shelf_free);
}

void shelf_put(struct shelf *shelf)
{
	kref_put(&shelf->kref, shelf_release);
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
void stack_take(struct list_head *to);

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

void stack_take(struct list_head *to)
{
	struct stack *s;

	mutex_lock(&stack_lock);
	s = rcu_dereference_protected(stack, lockdep_is_held(&stack_lock));
	rcu_assign_pointer(stack, NULL);
	mutex_unlock(&stack_lock);
	synchronize_rcu();
	list_splice_init(&s->sheets, to); // excused rcu-list-plain-move "after-grace-period"
}

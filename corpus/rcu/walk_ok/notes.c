// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: plain walks, dropped sections and entries used later that are right,
 * because a lock keeps removals out, or there are none, or the list is another.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct note {
	struct list_head node;
	struct rcu_head rcu;
	u32 id;
};

static LIST_HEAD(notes);
static LIST_HEAD(drafts);
static DEFINE_MUTEX(notes_lock);

bool note_known(u32 id);
void note_add(struct note *note);
void note_draft(struct note *note);
void note_drop(struct note *note);
u32 drafts_count(void);
void notes_print(void);

bool note_known(u32 id)
{
	struct note *note;
	bool known = false;

	rcu_read_lock();
	list_for_each_entry_rcu(note, &notes, node)
		known |= note->id == id;
	rcu_read_unlock();
	return known;
}

void note_add(struct note *note)
{
	mutex_lock(&notes_lock);
	list_add_rcu(&note->node, &notes);
	mutex_unlock(&notes_lock);
}

void note_draft(struct note *note)
{
	mutex_lock(&notes_lock);
	list_add(&note->node, &drafts);
	mutex_unlock(&notes_lock);
}

void note_drop(struct note *note)
{
	mutex_lock(&notes_lock);
	list_del_rcu(&note->node);
	mutex_unlock(&notes_lock);
	kfree_rcu(note, rcu);
}

u32 drafts_count(void)
{
	struct note *note;
	u32 count = 0;

	rcu_read_lock();
	list_for_each_entry(note, &drafts, node) // excused rcu-list-plain-walk "private-list"
		count++;
	rcu_read_unlock();
	return count;
}

void notes_print(void)
{
	struct note *note;

	mutex_lock(&notes_lock);
	rcu_read_lock();
	list_for_each_entry_rcu(note, &notes, node) {
		rcu_read_unlock(); // excused rcu-walk-drops-lock "updater-lock"
		pr_info("%u\n", note->id);
		rcu_read_lock();
	}
	rcu_read_unlock();
	mutex_unlock(&notes_lock);
}

/* Marks are made and never taken off. */
struct mark {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(marks);

void mark_add(struct mark *mark);
u32 mark_first(void);

void mark_add(struct mark *mark)
{
	mutex_lock(&notes_lock);
	list_add_rcu(&mark->node, &marks);
	mutex_unlock(&notes_lock);
}

u32 mark_first(void)
{
	struct mark *mark;

	rcu_read_lock();
	mark = list_first_or_null_rcu(&marks, struct mark, node);
	rcu_read_unlock();
	return mark ? mark->id : 0; // excused rcu-pointer-escapes "add-only"
}

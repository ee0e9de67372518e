// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: updates that nothing excuses and that hardly meet a reader: without the
 * lock of the others, and of a whole list at the end of what it hangs on.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct crate {
	struct list_head node;
	u32 id;
};

struct dock {
	struct list_head crates;
	struct mutex lock;
};

bool dock_has(struct dock *dock, u32 id);
void dock_add(struct dock *dock, struct crate *crate);
void dock_fill(struct dock *dock, struct crate *crate);
void dock_clear(struct dock *dock);

bool dock_has(struct dock *dock, u32 id)
{
	struct crate *crate;
	bool has = false;

	rcu_read_lock();
	list_for_each_entry_rcu(crate, &dock->crates, node)
		has |= crate->id == id;
	rcu_read_unlock();
	return has;
}

void dock_add(struct dock *dock, struct crate *crate)
{
	mutex_lock(&dock->lock);
	list_add_rcu(&crate->node, &dock->crates);
	mutex_unlock(&dock->lock);
}

/* While a dock is set up. */
void dock_fill(struct dock *dock, struct crate *crate)
{
	list_add(&crate->node, &dock->crates); // latent rcu-list-plain-insert "no lock is surely held here" fixed rcu-list-plain-insert "list_add_rcu(&crate->node, &dock->crates);"
}

void dock_clear(struct dock *dock)
{
	struct crate *crate, *next;
	LIST_HEAD(gone);

	mutex_lock(&dock->lock);
	list_splice_init(&dock->crates, &gone); // latent rcu-list-plain-move "the whole list is emptied"
	mutex_unlock(&dock->lock);

	list_for_each_entry_safe(crate, next, &gone, node)
		kfree(crate);
}

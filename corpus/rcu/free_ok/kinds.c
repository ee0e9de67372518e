// SPDX-License-Identifier: Apache-2.0
/* Only one kind of extent is on the RCU list, and only that kind waits: the same test decides both. */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

enum extent_kind { EXTENT_PRIVATE, EXTENT_SHARED };

struct extent {
	struct list_head shared;
	struct rcu_head rcu;
	enum extent_kind kind;
	u64 start;
};

static LIST_HEAD(shared_extents);
static DEFINE_SPINLOCK(extents_lock);

bool extent_is_shared(u64 start);
void extent_share(struct extent *e);
void extent_drop(struct extent *e);

bool extent_is_shared(u64 start)
{
	struct extent *e;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(e, &shared_extents, shared)
		found |= e->start == start;
	rcu_read_unlock();

	return found;
}

void extent_share(struct extent *e)
{
	e->kind = EXTENT_SHARED;
	spin_lock(&extents_lock);
	list_add_rcu(&e->shared, &shared_extents);
	spin_unlock(&extents_lock);
}

static void extent_free_rcu(struct rcu_head *head)
{
	kfree(container_of(head, struct extent, rcu));
}

void extent_drop(struct extent *e)
{
	if (e->kind == EXTENT_SHARED) {
		spin_lock(&extents_lock);
		list_del_rcu(&e->shared);
		spin_unlock(&extents_lock);
	}

	if (e->kind == EXTENT_SHARED)
		call_rcu(&e->rcu, extent_free_rcu); // excused rcu-free-without-grace-period "grace-period"
	else
		kfree(e);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: bit-locked chains; the bit lock keeps writers apart, not walkers. */
#include <linux/slab.h>
#include <linux/rcupdate.h>
#include <linux/rculist_bl.h>

struct name {
	struct hlist_bl_node d_chain;
	struct hlist_bl_node d_alias;
	u32 hash;
	struct rcu_head rcu;
};

bool name_cached(struct hlist_bl_head *head, u32 hash);
bool name_aliased(struct hlist_bl_head *head, u32 hash);
void name_insert(struct hlist_bl_head *head, struct hlist_bl_head *aliases, struct name *name);
void name_drop(struct hlist_bl_head *head, struct name *name);
void name_unalias(struct hlist_bl_head *aliases, struct name *name);

bool name_cached(struct hlist_bl_head *head, u32 hash)
{
	struct hlist_bl_node *pos;
	struct name *name;
	bool cached = false;

	rcu_read_lock();
	hlist_bl_for_each_entry_rcu(name, pos, head, d_chain)
		cached |= name->hash == hash;
	rcu_read_unlock();

	return cached;
}

bool name_aliased(struct hlist_bl_head *head, u32 hash)
{
	struct hlist_bl_node *pos;
	struct name *name;
	bool aliased = false;

	rcu_read_lock();
	hlist_bl_for_each_entry_rcu(name, pos, head, d_alias)
		aliased |= name->hash == hash;
	rcu_read_unlock();

	return aliased;
}

void name_insert(struct hlist_bl_head *head, struct hlist_bl_head *aliases, struct name *name)
{
	hlist_bl_lock(head);
	hlist_bl_add_head_rcu(&name->d_chain, head);
	hlist_bl_unlock(head);

	hlist_bl_lock(aliases);
	hlist_bl_add_head_rcu(&name->d_alias, aliases);
	hlist_bl_unlock(aliases);
}

void name_drop(struct hlist_bl_head *head, struct name *name)
{
	hlist_bl_lock(head);
	hlist_bl_del(&name->d_chain); // want rcu-list-plain-delete "plain hlist_bl_del\(\).*struct name\.d_chain" fixed rcu-list-plain-delete "hlist_bl_del_rcu(&name->d_chain);"
	hlist_bl_unlock(head);
	kfree_rcu(name, rcu);
}

void name_unalias(struct hlist_bl_head *aliases, struct name *name)
{
	hlist_bl_lock(aliases);
	hlist_bl_del_init(&name->d_alias); // want rcu-list-delete-init "hlist_bl_del_init\(\).*struct name\.d_alias"
	hlist_bl_unlock(aliases);
}

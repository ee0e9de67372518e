// SPDX-License-Identifier: Apache-2.0
/* Classic: removals that become right by one word only where a grace period comes next. */
#include "badge.h"

bool badge_valid(struct office *office, u32 id);
bool badge_in_slot(struct office *office, u32 id);
void badge_add(struct office *office, struct badge *badge);
void badge_drop_waiting(struct office *office, struct badge *badge);
void badge_drop_at_once(struct office *office, struct badge *badge);
void badge_drop_one_way(struct office *office, struct badge *badge, bool now);
void badge_drop_archived(struct office *office, struct badge *badge);
void badge_drop_again(struct office *office, struct badge *badge);
void badge_drop_for_caller(struct office *office, struct badge *badge);
void badge_drop_id(struct office *office, u32 id);
void badge_drop_macro(struct office *office, struct badge *badge);
void badge_drop_init(struct office *office, struct badge *badge);
void badge_drop_called(struct office *office, struct badge *badge);
void badge_drop_slot(struct office *office, struct badge *badge);

#define BADGE_UNLINK(badge) list_del(&(badge)->node)

bool badge_valid(struct office *office, u32 id)
{
	struct badge *badge;
	bool valid = false;

	rcu_read_lock();
	list_for_each_entry_rcu(badge, &office->badges, node)
		valid |= badge->id == id;
	rcu_read_unlock();
	return valid;
}

bool badge_in_slot(struct office *office, u32 id)
{
	struct badge *badge;
	bool valid = false;

	rcu_read_lock();
	hlist_for_each_entry_rcu(badge, &office->slots, slot)
		valid |= badge->id == id;
	rcu_read_unlock();
	return valid;
}

void badge_add(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_add_rcu(&badge->node, &office->badges);
	hlist_add_head_rcu(&badge->slot, &office->slots);
	mutex_unlock(&office->lock);
}

void badge_drop_waiting(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" fixed rcu-list-plain-delete "list_del_rcu(&badge->node);"
	mutex_unlock(&office->lock);
	synchronize_rcu();
	kfree(badge);
}

void badge_drop_at_once(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "a grace period .* it is freed at remove.c:68 with none before"
	mutex_unlock(&office->lock);
	kfree(badge);
}

/* One way waits, the other does not. */
void badge_drop_one_way(struct office *office, struct badge *badge, bool now)
{
	mutex_lock(&office->lock);
	list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "it is freed at remove.c:79"
	mutex_unlock(&office->lock);
	if (!now)
		synchronize_rcu();
	kfree(badge);
}

/* Who knows what they do with it. */
void badge_drop_archived(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "badge_archive\(\) gets it at remove.c:88"
	mutex_unlock(&office->lock);
	badge_archive(badge);
	synchronize_rcu();
	kfree(badge);
}

void badge_drop_again(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "its links are set again at remove.c:97"
	list_add_rcu(&badge->node, &office->badges);
	mutex_unlock(&office->lock);
	synchronize_rcu();
}

/* Nobody in this tree calls it. */
void badge_drop_for_caller(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "what becomes of 'badge' after badge_drop_for_caller\(\) is not known"
	mutex_unlock(&office->lock);
}

/* The next badge takes the name before anybody has waited. */
void badge_drop_id(struct office *office, u32 id)
{
	struct badge *badge, *next;

	mutex_lock(&office->lock);
	list_for_each_entry_safe(badge, next, &office->badges, node) {
		if (badge->id == id)
			list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "the pointer to it becomes another"
	}
	mutex_unlock(&office->lock);
	synchronize_rcu();
}

/* The call is the macro's, which others may use where it is right. */
void badge_drop_macro(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	BADGE_UNLINK(badge); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "does not spell list_del there"
	mutex_unlock(&office->lock);
	kfree_rcu(badge, rcu);
}

/* Somebody may test the node with list_empty() or delete it a second time. */
void badge_drop_init(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del_init(&badge->node); // want rcu-list-delete-init "list_del_init" needs rcu-list-delete-init "INIT_LIST_HEAD\(\) wherever the node is tested"
	mutex_unlock(&office->lock);
	kfree_rcu(badge, rcu);
}

static void badge_unlink(struct badge *badge)
{
	list_del(&badge->node); // want rcu-list-plain-delete "plain list_del" fixed rcu-list-plain-delete "list_del_rcu(&badge->node);"
}

void badge_drop_called(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	badge_unlink(badge);
	mutex_unlock(&office->lock);
	kfree_rcu(badge, rcu);
}

/* hlist_del_init_rcu() leaves the node initialised too. */
void badge_drop_slot(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	hlist_del_init(&badge->slot); // want rcu-list-delete-init "hlist_del_init" fixed rcu-list-delete-init "hlist_del_init_rcu(&badge->slot);"
	mutex_unlock(&office->lock);
	kfree_rcu(badge, rcu);
}

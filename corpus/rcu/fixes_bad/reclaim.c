// SPDX-License-Identifier: Apache-2.0
/* Classic: frees that RCU can do, if the object has room for it and is all there is to free. */
#include "badge.h"

bool card_valid(struct office *office, u32 id);
void card_add(struct office *office, struct card *card);
void card_revoke(struct office *office, struct card *card);
void badge_revoke(struct office *office, struct badge *badge);
void badge_revoke_named(struct office *office, struct badge *badge);

void badge_revoke(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del_rcu(&badge->node);
	mutex_unlock(&office->lock);
	kfree(badge); // want rcu-free-without-grace-period "'badge' is freed" fixed rcu-free-without-grace-period "kfree_rcu(badge, rcu);"
}

void badge_revoke_named(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	list_del_rcu(&badge->node);
	mutex_unlock(&office->lock);
	kfree(badge->name);
	kfree(badge); // want rcu-free-without-grace-period "'badge' is freed" needs rcu-free-without-grace-period "'badge->name' is freed here too"
}

bool card_valid(struct office *office, u32 id)
{
	struct card *card;
	bool valid = false;

	rcu_read_lock();
	list_for_each_entry_rcu(card, &office->cards, node)
		valid |= card->id == id && card->seen;
	rcu_read_unlock();
	return valid;
}

void card_add(struct office *office, struct card *card)
{
	mutex_lock(&office->lock);
	list_add_rcu(&card->node, &office->cards);
	mutex_unlock(&office->lock);
}

void card_revoke(struct office *office, struct card *card)
{
	mutex_lock(&office->lock);
	list_del_rcu(&card->node);
	mutex_unlock(&office->lock);
	kfree(card); // want rcu-free-without-grace-period "'card' is freed" needs rcu-free-without-grace-period "a member of type struct rcu_head"
}

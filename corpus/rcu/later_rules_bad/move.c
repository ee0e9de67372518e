// SPDX-License-Identifier: Apache-2.0
/* Classic: a move or a splice carries the walker off into another list. */
#include <linux/mutex.h>
#include <linux/rculist.h>

struct card {
	struct list_head slot;
	int value;
};

static LIST_HEAD(deck);
static LIST_HEAD(discarded);
static DEFINE_MUTEX(deck_lock);

int deck_sum(void);
void deck_add(struct card *card);
void deck_discard(struct card *card);
void deck_take_all(struct list_head *hand);
void deck_swap(struct card *old, struct card *new);

int deck_sum(void)
{
	struct card *card;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(card, &deck, slot)
		sum += card->value;
	rcu_read_unlock();

	return sum;
}

void deck_add(struct card *card)
{
	mutex_lock(&deck_lock);
	list_add_rcu(&card->slot, &deck);
	mutex_unlock(&deck_lock);
}

void deck_discard(struct card *card)
{
	mutex_lock(&deck_lock);
	list_move(&card->slot, &discarded); // latent rcu-list-plain-move "has not been measured" needs rcu-list-plain-move "a grace period has to pass between"
	mutex_unlock(&deck_lock);
}

void deck_take_all(struct list_head *hand)
{
	mutex_lock(&deck_lock);
	list_splice_init(&deck, hand); // latent rcu-list-plain-move "has not been measured" needs rcu-list-plain-move "and so sleeps"
	mutex_unlock(&deck_lock);
}

void deck_swap(struct card *old, struct card *new)
{
	mutex_lock(&deck_lock);
	list_replace(&old->slot, &new->slot); // latent rcu-list-plain-move "has not been measured" needs rcu-list-plain-move "before the old node is freed or used again, and the new one has to be complete"
	mutex_unlock(&deck_lock);
}

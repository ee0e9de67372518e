// SPDX-License-Identifier: Apache-2.0
/* Classic: the replacements of a move, a splice and a replace under readers. */
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
	list_del_rcu(&card->slot);
	synchronize_rcu();
	list_add(&card->slot, &discarded);
	mutex_unlock(&deck_lock);
}

void deck_take_all(struct list_head *hand)
{
	mutex_lock(&deck_lock);
	list_splice_init_rcu(&deck, hand, synchronize_rcu);
	mutex_unlock(&deck_lock);
}

void deck_swap(struct card *old, struct card *new)
{
	mutex_lock(&deck_lock);
	list_replace_rcu(&old->slot, &new->slot);
	mutex_unlock(&deck_lock);
	synchronize_rcu();
}

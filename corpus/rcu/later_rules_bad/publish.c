// SPDX-License-Identifier: Apache-2.0
/* Classic: plain insertion, plain walk, and a walk outside any section. */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct flag {
	struct list_head link;
	int bit;
	struct rcu_head rcu;
};

static LIST_HEAD(flags);
static DEFINE_MUTEX(flags_lock);

unsigned long flags_mask(void);
unsigned long flags_mask_plain(void);
unsigned long flags_mask_bare(void);
void flag_add(struct flag *flag);
void flag_add_first(struct flag *flag);
void flag_del(struct flag *flag);

unsigned long flags_mask(void)
{
	unsigned long mask = 0;
	struct flag *flag;

	rcu_read_lock();
	list_for_each_entry_rcu(flag, &flags, link)
		mask |= BIT(flag->bit);
	rcu_read_unlock();

	return mask;
}

unsigned long flags_mask_plain(void)
{
	unsigned long mask = 0;
	struct flag *flag;

	rcu_read_lock();
	list_for_each_entry(flag, &flags, link) // latent rcu-list-plain-walk "has not been measured" fixed rcu-list-plain-walk "list_for_each_entry_rcu(flag, &flags, link)"
		mask |= BIT(flag->bit);
	rcu_read_unlock();

	return mask;
}

unsigned long flags_mask_bare(void)
{
	unsigned long mask = 0;
	struct flag *flag;

	list_for_each_entry_rcu(flag, &flags, link) // latent rcu-read-outside-section "has not been measured"
		mask |= BIT(flag->bit);

	return mask;
}

void flag_add(struct flag *flag)
{
	mutex_lock(&flags_lock);
	list_add_tail_rcu(&flag->link, &flags);
	mutex_unlock(&flags_lock);
}

void flag_add_first(struct flag *flag)
{
	mutex_lock(&flags_lock);
	list_add(&flag->link, &flags); // want rcu-list-plain-insert "plain list_add\(\) of 'struct flag.link'" fixed rcu-list-plain-insert "list_add_rcu(&flag->link, &flags);"
	mutex_unlock(&flags_lock);
}

void flag_del(struct flag *flag)
{
	mutex_lock(&flags_lock);
	list_del_rcu(&flag->link);
	mutex_unlock(&flags_lock);
	kfree_rcu(flag, rcu);
}

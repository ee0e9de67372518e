// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: what is freed after a grace period is only a part of the object, which
 * other readers have; the object itself goes at once.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct label {
	struct rcu_head rcu;
	char text[32];
};

struct crate {
	struct list_head stack;
	struct label *label;
	u32 weight;
};

static LIST_HEAD(crates);
static DEFINE_MUTEX(crates_lock);

u32 crates_weight(void);
void crate_add(struct crate *crate);
void crate_gone(struct crate *crate);

u32 crates_weight(void)
{
	struct crate *crate;
	u32 sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(crate, &crates, stack)
		sum += crate->weight;
	rcu_read_unlock();
	return sum;
}

void crate_add(struct crate *crate)
{
	mutex_lock(&crates_lock);
	list_add_rcu(&crate->stack, &crates);
	mutex_unlock(&crates_lock);
}

static void label_free(struct label *label)
{
	if (label)
		kfree_rcu(label, rcu);
}

static void crate_free(struct crate *crate)
{
	label_free(crate->label);
	kfree(crate);
}

void crate_gone(struct crate *crate)
{
	mutex_lock(&crates_lock);
	list_del_rcu(&crate->stack);
	mutex_unlock(&crates_lock);
	crate_free(crate); // want rcu-free-without-grace-period "'crate' is freed without a grace period"
}

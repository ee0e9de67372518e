// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the readers sleep inside SRCU; a plain RCU grace period, or one of
 * another srcu_struct, does not wait for them.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/srcu.h>

struct hook {
	struct list_head list;
	void (*call)(void *data);
	void *data;
};

DEFINE_STATIC_SRCU(hooks_srcu);
DEFINE_STATIC_SRCU(unrelated_srcu);
static LIST_HEAD(hooks);
static DEFINE_MUTEX(hooks_lock);

void hooks_run(void);
void hook_add(struct hook *hook);
void hook_remove_rcu(struct hook *hook);
void hook_remove_other(struct hook *hook);

void hooks_run(void)
{
	struct hook *hook;
	int idx;

	idx = srcu_read_lock(&hooks_srcu);
	list_for_each_entry_srcu(hook, &hooks, list, srcu_read_lock_held(&hooks_srcu))
		hook->call(hook->data);
	srcu_read_unlock(&hooks_srcu, idx);
}

void hook_add(struct hook *hook)
{
	mutex_lock(&hooks_lock);
	list_add_tail_rcu(&hook->list, &hooks);
	mutex_unlock(&hooks_lock);
}

void hook_remove_rcu(struct hook *hook)
{
	mutex_lock(&hooks_lock);
	list_del_rcu(&hook->list);
	mutex_unlock(&hooks_lock);

	synchronize_rcu();
	kfree(hook); // want rcu-free-without-grace-period "grace period.*struct hook\.list"
}

void hook_remove_other(struct hook *hook)
{
	mutex_lock(&hooks_lock);
	list_del_rcu(&hook->list);
	mutex_unlock(&hooks_lock);

	synchronize_srcu(&unrelated_srcu);
	kfree(hook); // want rcu-free-without-grace-period "grace period.*struct hook\.list"
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a live list is filled from another one, and emptied again when memory
 * runs out. Its readers never took the mutex, and may stand on what is freed.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct rule {
	struct list_head list;
	int verdict;
};

struct group {
	struct list_head rules;
};

static DEFINE_MUTEX(rules_mutex);

int group_verdict(struct group *group);
int group_add(struct group *group, int verdict);
int group_inherit(struct group *group, struct group *parent);

int group_verdict(struct group *group)
{
	struct rule *rule;
	int verdict = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(rule, &group->rules, list)
		verdict |= rule->verdict;
	rcu_read_unlock();

	return verdict;
}

int group_add(struct group *group, int verdict)
{
	struct rule *rule = kmalloc(sizeof(*rule), GFP_KERNEL);

	if (!rule)
		return -ENOMEM;

	rule->verdict = verdict;
	mutex_lock(&rules_mutex);
	list_add_tail_rcu(&rule->list, &group->rules);
	mutex_unlock(&rules_mutex);
	return 0;
}

int group_inherit(struct group *group, struct group *parent)
{
	struct rule *rule, *next, *copy;
	int err = 0;

	mutex_lock(&rules_mutex);
	list_for_each_entry(rule, &parent->rules, list) {
		copy = kmemdup(rule, sizeof(*rule), GFP_KERNEL);
		if (!copy)
			goto undo;
		list_add_tail_rcu(&copy->list, &group->rules);
	}
	goto out;

undo:
	err = -ENOMEM;
	list_for_each_entry_safe(rule, next, &group->rules, list) {
		list_del(&rule->list); // want rcu-list-plain-delete "plain list_del\(\) of 'struct rule\.list'"
		kfree(rule);
	}
out:
	mutex_unlock(&rules_mutex);
	return err;
}

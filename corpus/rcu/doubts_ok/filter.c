// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: what is taken off a list is freed after a grace period, except where a
 * test says that nobody can be there any more: the free at once is latent, and the
 * story names the other path. The tables of a policy are filled before the policy
 * is published, two functions further up.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct classifier {
	struct list_head filters;
	struct mutex lock;
	refcount_t *world;
};

struct filter {
	struct list_head node;
	struct rcu_work rwork;
	refcount_t *world;
	u32 id;
};

bool classify(struct classifier *classifier, u32 id);
void filter_add(struct classifier *classifier, struct filter *filter);
void classifier_flush(struct classifier *classifier, u32 id);
void filter_drop(struct classifier *classifier, struct filter *filter);

static struct workqueue_struct *filter_wq;

bool classify(struct classifier *classifier, u32 id)
{
	struct filter *filter;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(filter, &classifier->filters, node)
		found |= filter->id == id;
	rcu_read_unlock();
	return found;
}

void filter_add(struct classifier *classifier, struct filter *filter)
{
	mutex_lock(&classifier->lock);
	list_add_rcu(&filter->node, &classifier->filters);
	mutex_unlock(&classifier->lock);
}

static void filter_free_work(struct work_struct *work)
{
	kfree(container_of(to_rcu_work(work), struct filter, rwork));
}

static void filter_free_later(struct rcu_work *rwork, work_func_t func)
{
	INIT_RCU_WORK(rwork, func);
	queue_rcu_work(filter_wq, rwork);
}

/* A filter's world is gone only after the last packet of it. */
void classifier_flush(struct classifier *classifier, u32 id)
{
	struct filter *filter, *next;

	mutex_lock(&classifier->lock);
	list_for_each_entry_safe(filter, next, &classifier->filters, node) {
		if (filter->id < id)
			continue;
		list_del_rcu(&filter->node);
		if (refcount_inc_not_zero(filter->world))
			filter_free_later(&filter->rwork, filter_free_work);
		else
			kfree(filter); // latent rcu-free-without-grace-period "filter_free_later.. leaves the free to after"
	}
	mutex_unlock(&classifier->lock);
}

static void filter_put(struct filter *filter)
{
	if (refcount_inc_not_zero(filter->world))
		filter_free_later(&filter->rwork, filter_free_work);
	else
		kfree(filter);
}

void filter_drop(struct classifier *classifier, struct filter *filter)
{
	mutex_lock(&classifier->lock);
	list_del_rcu(&filter->node);
	mutex_unlock(&classifier->lock);
	filter_put(filter); // latent rcu-free-without-grace-period "on another of its paths filter_put"
}

struct table {
	struct list_head entries;
	struct mutex lock;
};

struct entry {
	struct list_head node;
	u32 id;
};

struct policy {
	struct table *table;
	u32 version;
};

bool policy_allows(struct policy *policy, u32 id);
void table_learn(struct table *table, struct entry *entry);
struct policy *policy_load(struct entry *first, u32 version);

static bool table_has(struct table *table, u32 id)
{
	struct entry *entry;
	bool has = false;

	rcu_read_lock();
	list_for_each_entry_rcu(entry, &table->entries, node)
		has |= entry->id == id;
	rcu_read_unlock();
	return has;
}

bool policy_allows(struct policy *policy, u32 id)
{
	return table_has(policy->table, id);
}

void table_learn(struct table *table, struct entry *entry)
{
	mutex_lock(&table->lock);
	list_add_rcu(&entry->node, &table->entries);
	mutex_unlock(&table->lock);
}

static void table_fill(struct table *table, struct entry *first)
{
	mutex_lock(&table->lock);
	if (!table_has(table, first->id))
		list_add(&first->node, &table->entries); // latent rcu-list-plain-insert "made here, and readers may not" fixed rcu-list-plain-insert "list_add_rcu(&first->node, &table->entries);"
	mutex_unlock(&table->lock);
}

struct policy *policy_load(struct entry *first, u32 version)
{
	struct policy *policy = kzalloc(sizeof(*policy), GFP_KERNEL);

	if (!policy)
		return NULL;
	policy->table = kzalloc(sizeof(*policy->table), GFP_KERNEL);
	if (!policy->table) {
		kfree(policy);
		return NULL;
	}
	policy->version = version;
	mutex_init(&policy->table->lock);
	INIT_LIST_HEAD(&policy->table->entries);
	table_fill(policy->table, first);
	return policy;
}

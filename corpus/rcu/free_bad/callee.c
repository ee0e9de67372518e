// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the free is in a callee, the unlink is in a callee; the caller brings
 * both together with nothing between them.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct filter {
	struct list_head list;
	char *pattern;
};

static LIST_HEAD(filters);
static DEFINE_MUTEX(filters_lock);
static struct kmem_cache *filter_cache;

int filters_count(void);
void filter_install(struct filter *filter);
void filter_uninstall(struct filter *filter);
void filter_replace(struct filter *old, struct filter *new);

int filters_count(void)
{
	struct filter *filter;
	int n = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(filter, &filters, list)
		n++;
	rcu_read_unlock();

	return n;
}

static void filter_destroy(struct filter *filter)
{
	kfree(filter->pattern);
	kmem_cache_free(filter_cache, filter);
}

static void filter_unlink(struct filter *filter)
{
	lockdep_assert_held(&filters_lock);
	list_del_rcu(&filter->list);
}

void filter_install(struct filter *filter)
{
	mutex_lock(&filters_lock);
	list_add_rcu(&filter->list, &filters);
	mutex_unlock(&filters_lock);
}

void filter_uninstall(struct filter *filter)
{
	mutex_lock(&filters_lock);
	list_del_rcu(&filter->list);
	mutex_unlock(&filters_lock);
	filter_destroy(filter); // want rcu-free-without-grace-period "'filter' is freed without a grace period.*struct filter\.list"
}

void filter_replace(struct filter *old, struct filter *new)
{
	mutex_lock(&filters_lock);
	list_add_rcu(&new->list, &filters);
	filter_unlink(old);
	mutex_unlock(&filters_lock);
	filter_destroy(old); // want rcu-free-without-grace-period "'old' is freed without a grace period.*struct filter\.list"
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the grace period is in the caller, in a callee, or waited for once. */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct matcher {
	struct list_head list;
	struct list_head dying;
	char *pattern;
};

static LIST_HEAD(matchers);
static DEFINE_MUTEX(matchers_lock);

int matchers_count(void);
void matcher_install(struct matcher *m);
void matcher_uninstall(struct matcher *m);
void matcher_retire(struct matcher *m);
void matchers_clear(void);

int matchers_count(void)
{
	struct matcher *m;
	int n = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(m, &matchers, list)
		n++;
	rcu_read_unlock();

	return n;
}

static void matcher_destroy(struct matcher *m)
{
	kfree(m->pattern);
	kfree(m);
}

static void matchers_quiesce(void)
{
	might_sleep();
	synchronize_rcu();
}

static void matcher_unlink(struct matcher *m)
{
	mutex_lock(&matchers_lock);
	list_del_rcu(&m->list);
	mutex_unlock(&matchers_lock);
	matchers_quiesce();
}

void matcher_install(struct matcher *m)
{
	mutex_lock(&matchers_lock);
	list_add_rcu(&m->list, &matchers);
	mutex_unlock(&matchers_lock);
}

/* The grace period is two calls away. */
void matcher_uninstall(struct matcher *m)
{
	matcher_unlink(m);
	matcher_destroy(m); // excused rcu-free-without-grace-period "grace-period"
}

/* It is here, and the free is in the callee. */
void matcher_retire(struct matcher *m)
{
	mutex_lock(&matchers_lock);
	list_del_rcu(&m->list);
	mutex_unlock(&matchers_lock);

	synchronize_rcu_expedited();
	matcher_destroy(m); // excused rcu-free-without-grace-period "grace-period"
}

/* One grace period for all of them. */
void matchers_clear(void)
{
	struct matcher *m, *tmp;
	LIST_HEAD(dying);

	mutex_lock(&matchers_lock);
	list_for_each_entry_safe(m, tmp, &matchers, list) {
		list_del_rcu(&m->list);
		list_add(&m->dying, &dying);
	}
	mutex_unlock(&matchers_lock);

	synchronize_rcu();

	list_for_each_entry_safe(m, tmp, &dying, dying)
		matcher_destroy(m);
}

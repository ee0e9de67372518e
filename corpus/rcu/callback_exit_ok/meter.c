// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the callback is atomic, and the exit waits for the queued ones.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct meter {
	struct list_head node;
	u64 count;
	struct rcu_head rcu;
};

static LIST_HEAD(meters);
static DEFINE_MUTEX(meters_lock);
static atomic64_t retired;

int meter_add(void);
u64 meters_sum(void);

int meter_add(void)
{
	struct meter *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;

	mutex_lock(&meters_lock);
	list_add_rcu(&m->node, &meters);
	mutex_unlock(&meters_lock);
	return 0;
}

u64 meters_sum(void)
{
	struct meter *m;
	u64 sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(m, &meters, node)
		sum += m->count;
	rcu_read_unlock();

	return sum;
}

static void meter_free_rcu(struct rcu_head *head)
{
	struct meter *m = container_of(head, struct meter, rcu);

	atomic64_add(m->count, &retired);
	kfree(m);
}

static int __init meter_init(void)
{
	return meter_add();
}

static void __exit meter_exit(void)
{
	struct meter *m, *tmp;

	mutex_lock(&meters_lock);
	list_for_each_entry_safe(m, tmp, &meters, node) {
		list_del_rcu(&m->node);
		call_rcu(&m->rcu, meter_free_rcu); // excused rcu-callback-without-barrier "barrier"
	}
	mutex_unlock(&meters_lock);
	rcu_barrier();
}

module_init(meter_init);
module_exit(meter_exit);

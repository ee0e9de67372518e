// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the last put may come right after the unlink, because the release
 * itself defers the free.
 */
#include <linux/kref.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct broker {
	struct kref kref;
	struct list_head node;
	u32 load;
	struct rcu_head rcu;
};

static LIST_HEAD(brokers);
static DEFINE_SPINLOCK(brokers_lock);

u32 brokers_load(void);
struct broker *broker_create(void);
void broker_put(struct broker *broker);
void broker_remove(struct broker *broker);

u32 brokers_load(void)
{
	struct broker *broker;
	u32 load = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(broker, &brokers, node)
		load += READ_ONCE(broker->load);
	rcu_read_unlock();

	return load;
}

struct broker *broker_create(void)
{
	struct broker *broker = kzalloc(sizeof(*broker), GFP_KERNEL);

	if (!broker)
		return NULL;

	kref_init(&broker->kref);
	spin_lock(&brokers_lock);
	list_add_tail_rcu(&broker->node, &brokers);
	spin_unlock(&brokers_lock);
	return broker;
}

static void broker_release(struct kref *kref)
{
	struct broker *broker = container_of(kref, struct broker, kref);

	kfree_rcu(broker, rcu);
}

void broker_put(struct broker *broker)
{
	kref_put(&broker->kref, broker_release);
}

void broker_remove(struct broker *broker)
{
	spin_lock(&brokers_lock);
	list_del_rcu(&broker->node);
	spin_unlock(&brokers_lock);
	broker_put(broker);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the free hides in the release of a reference count, and readers do
 * not take a reference.
 */
#include <linux/kref.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct agent {
	struct kref kref;
	struct list_head node;
	u32 load;
};

static LIST_HEAD(agents);
static DEFINE_SPINLOCK(agents_lock);

u32 agents_load(void);
struct agent *agent_create(void);
void agent_put(struct agent *agent);
void agent_remove(struct agent *agent);

u32 agents_load(void)
{
	struct agent *agent;
	u32 load = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(agent, &agents, node)
		load += READ_ONCE(agent->load);
	rcu_read_unlock();

	return load;
}

struct agent *agent_create(void)
{
	struct agent *agent = kzalloc(sizeof(*agent), GFP_KERNEL);

	if (!agent)
		return NULL;

	kref_init(&agent->kref);
	spin_lock(&agents_lock);
	list_add_tail_rcu(&agent->node, &agents);
	spin_unlock(&agents_lock);
	return agent;
}

static void agent_release(struct kref *kref)
{
	struct agent *agent = container_of(kref, struct agent, kref);

	kfree(agent);
}

void agent_put(struct agent *agent)
{
	kref_put(&agent->kref, agent_release);
}

void agent_remove(struct agent *agent)
{
	spin_lock(&agents_lock);
	list_del_rcu(&agent->node);
	spin_unlock(&agents_lock);
	agent_put(agent); // want rcu-free-without-grace-period "'agent' is freed without a grace period.*struct agent\.node"
}

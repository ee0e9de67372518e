// SPDX-License-Identifier: Apache-2.0
/* Classic: every deferred form of the free: call_rcu, kfree_rcu, a queued work. */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct grant {
	struct hlist_node by_addr;
	u32 addr;
	struct rcu_head rcu;
	struct rcu_work rwork;
};

static HLIST_HEAD(grants);
static DEFINE_SPINLOCK(grants_lock);

bool grant_exists(u32 addr);
int grant_create(u32 addr);
void grant_drop_callback(struct grant *g);
void grant_drop_headed(struct grant *g);
void grant_drop_headless(struct grant *g);
void grant_drop_work(struct grant *g);

bool grant_exists(u32 addr)
{
	struct grant *g;
	bool found = false;

	rcu_read_lock();
	hlist_for_each_entry_rcu(g, &grants, by_addr)
		found |= g->addr == addr;
	rcu_read_unlock();

	return found;
}

static void grant_free_rcu(struct rcu_head *head)
{
	kfree(container_of(head, struct grant, rcu));
}

static void grant_free_work(struct work_struct *work)
{
	kfree(container_of(to_rcu_work(work), struct grant, rwork));
}

int grant_create(u32 addr)
{
	struct grant *g = kzalloc(sizeof(*g), GFP_KERNEL);

	if (!g)
		return -ENOMEM;

	g->addr = addr;
	INIT_RCU_WORK(&g->rwork, grant_free_work);
	spin_lock(&grants_lock);
	hlist_add_head_rcu(&g->by_addr, &grants);
	spin_unlock(&grants_lock);
	return 0;
}

static void grant_unlink(struct grant *g)
{
	spin_lock(&grants_lock);
	hlist_del_rcu(&g->by_addr);
	spin_unlock(&grants_lock);
}

void grant_drop_callback(struct grant *g)
{
	grant_unlink(g);
	call_rcu(&g->rcu, grant_free_rcu);
}

void grant_drop_headed(struct grant *g)
{
	grant_unlink(g);
	kfree_rcu(g, rcu);
}

/* The one-argument form may sleep, hence outside the lock. */
void grant_drop_headless(struct grant *g)
{
	grant_unlink(g);
	kfree_rcu_mightsleep(g);
}

void grant_drop_work(struct grant *g)
{
	grant_unlink(g);
	queue_rcu_work(system_wq, &g->rwork);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: callbacks that ask first, that allocate without sleeping, or that only lead to work. */
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct pool {
	struct rcu_head rcu;
	struct work_struct work;
	u32 *log;
};

static DEFINE_MUTEX(pools_lock);

void pool_drop(struct pool *pool);
void pool_drop_later(struct pool *pool);
void pool_close(struct pool *pool);

static void pool_lock_and_free(struct pool *pool)
{
	if (in_interrupt()) {
		schedule_work(&pool->work);
		return;
	}
	mutex_lock(&pools_lock);
	kfree(pool);
	mutex_unlock(&pools_lock);
}

static void pool_free(struct rcu_head *head)
{
	pool_lock_and_free(container_of(head, struct pool, rcu)); // excused rcu-callback-blocks "tells-contexts-apart"
}

void pool_drop(struct pool *pool)
{
	call_rcu(&pool->rcu, pool_free);
}

static void pool_log(struct rcu_head *head)
{
	struct pool *pool = container_of(head, struct pool, rcu);

	pool->log = kmalloc(64, GFP_ATOMIC);
	schedule_work(&pool->work);
}

void pool_drop_later(struct pool *pool)
{
	call_rcu(&pool->rcu, pool_log);
}

/* Under a condition: what it means is not understood. */
static void pool_end(struct rcu_head *head)
{
	struct pool *pool = container_of(head, struct pool, rcu);

	if (pool->log)
		mutex_lock(&pools_lock); // latent rcu-callback-blocks "on a condition only"
	kfree(pool);
}

void pool_close(struct pool *pool)
{
	call_rcu(&pool->rcu, pool_end);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: removals that look wrong and for which the code shows a reason why no
 * reader can be there, though the reason takes a human to believe. Latent, and the
 * story says what spoke against it.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct disk {
	struct list_head node;
	unsigned long flags;
	int weight;
};

struct pool {
	struct list_head disks;
	struct mutex lock;
	int opened;
};

#define DISK_STALE 0

int pool_weight(struct pool *pool);
void pool_add(struct pool *pool, struct disk *disk);
void pool_forget(struct pool *pool, int weight);
void pool_reap(struct pool *pool);
int pool_open(struct pool *pool);
void pool_close(struct pool *pool);
struct pool *pool_create(int n);
int disk_open(struct disk *disk);

int pool_weight(struct pool *pool)
{
	struct disk *disk;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(disk, &pool->disks, node)
		sum += disk->weight;
	rcu_read_unlock();

	return sum;
}

void pool_add(struct pool *pool, struct disk *disk)
{
	mutex_lock(&pool->lock);
	list_add_rcu(&disk->node, &pool->disks);
	mutex_unlock(&pool->lock);
}

/* Nobody reads a pool before it is opened. */
void pool_forget(struct pool *pool, int weight)
{
	struct disk *disk, *next;

	mutex_lock(&pool->lock);
	list_for_each_entry_safe(disk, next, &pool->disks, node) {
		if (pool->opened)
			break;
		if (disk->weight == weight)
			list_del(&disk->node); // latent rcu-list-plain-delete "'pool->opened' is tested"
	}
	mutex_unlock(&pool->lock);
}

/* Stale disks were unlinked by somebody who waited. */
void pool_reap(struct pool *pool)
{
	struct disk *disk, *next;

	mutex_lock(&pool->lock);
	list_for_each_entry_safe(disk, next, &pool->disks, node) {
		if (!test_bit(DISK_STALE, &disk->flags))
			continue;
		list_del_init(&disk->node); // latent rcu-list-delete-init "'disk->flags' is tested"
	}
	mutex_unlock(&pool->lock);
}

/* The state is tested by the only caller. */
static int pool_open_disks(struct pool *pool)
{
	struct disk *disk, *next;
	int err = 0;

	list_for_each_entry_safe(disk, next, &pool->disks, node) {
		err = disk_open(disk);
		if (err)
			list_del(&disk->node); // latent rcu-list-plain-delete "'pool->opened' is tested"
	}
	return err;
}

int pool_open(struct pool *pool)
{
	int err = 0;

	mutex_lock(&pool->lock);
	if (!pool->opened)
		err = pool_open_disks(pool);
	pool->opened++;
	mutex_unlock(&pool->lock);
	return err;
}

static struct pool *pool_alloc(void)
{
	struct pool *pool = kzalloc(sizeof(*pool), GFP_KERNEL);

	if (pool)
		INIT_LIST_HEAD(&pool->disks);
	return pool;
}

/* The constructor's own error path: the pool is returned only at the end. */
struct pool *pool_create(int n)
{
	struct pool *pool = pool_alloc();
	struct disk *disk;

	if (!pool)
		return NULL;

	while (n--) {
		disk = kzalloc(sizeof(*disk), GFP_KERNEL);
		if (!disk)
			break;
		list_add_rcu(&disk->node, &pool->disks);
		if (disk_open(disk)) {
			list_del_rcu(&disk->node);
			kfree(disk); // latent rcu-free-without-grace-period "is made here"
		}
	}
	return pool;
}

/* Emptied as a whole: the pool is on its way out. */
void pool_close(struct pool *pool)
{
	struct disk *disk, *next;
	int open = 0;

	list_for_each_entry(disk, &pool->disks, node)
		open += disk_open(disk);

	list_for_each_entry_safe(disk, next, &pool->disks, node)
		list_del(&disk->node); // latent rcu-list-plain-delete "the whole list is emptied"
}

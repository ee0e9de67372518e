// SPDX-License-Identifier: Apache-2.0
/* Classic: the last put of the host comes to a barrier, which is called through a pointer. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct disk {
	struct rcu_head rcu;
};

struct host;

void host_put(struct host *host);

static struct host *the_host;

static struct kmem_cache *disk_cache;

void disk_drop(struct disk *disk);

static void disk_free(struct rcu_head *head)
{
	kmem_cache_free(disk_cache, container_of(head, struct disk, rcu));
}

void disk_drop(struct disk *disk)
{
	call_rcu(&disk->rcu, disk_free); // latent rcu-callback-without-barrier "host_release\(\), which is called through a pointer"
}

static int __init disk_init(void)
{
	disk_cache = kmem_cache_create("disk", sizeof(struct disk), 0, 0, NULL);
	return disk_cache ? 0 : -ENOMEM;
}

static void __exit disk_exit(void)
{
	host_put(the_host);
	kmem_cache_destroy(disk_cache);
}

module_init(disk_init);
module_exit(disk_exit);

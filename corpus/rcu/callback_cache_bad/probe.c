// SPDX-License-Identifier: Apache-2.0
/* Classic: the cache into which the callbacks free is destroyed, and nobody waits for them. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct probe {
	struct rcu_head rcu;
};

static struct kmem_cache *probe_cache;

void probe_drop(struct probe *probe);

static void probe_free(struct rcu_head *head)
{
	kmem_cache_free(probe_cache, container_of(head, struct probe, rcu));
}

void probe_drop(struct probe *probe)
{
	call_rcu(&probe->rcu, probe_free); // want rcu-callback-without-barrier "leaves probe_free\(\) to run later"
}

static int __init probe_init(void)
{
	probe_cache = kmem_cache_create("probe", sizeof(struct probe), 0, 0, NULL);
	return probe_cache ? 0 : -ENOMEM;
}

static void __exit probe_exit(void)
{
	kmem_cache_destroy(probe_cache);
}

module_init(probe_init);
module_exit(probe_exit);

// SPDX-License-Identifier: Apache-2.0
/* Classic: the cache is of the kind for which its end waits, once the callbacks are all queued. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct typed {
	struct rcu_head rcu;
};

static struct kmem_cache *typed_cache;

void typed_drop(struct typed *typed);

static void typed_free(struct rcu_head *head)
{
	kmem_cache_free(typed_cache, container_of(head, struct typed, rcu));
}

void typed_drop(struct typed *typed)
{
	call_rcu(&typed->rcu, typed_free); // latent rcu-callback-without-barrier "kmem_cache_destroy\(\), which the module may come to, calls rcu_barrier\(\)"
}

static int __init typed_init(void)
{
	typed_cache = kmem_cache_create("typed", sizeof(struct typed), 0, SLAB_TYPESAFE_BY_RCU, NULL);
	return typed_cache ? 0 : -ENOMEM;
}

static void __exit typed_exit(void)
{
	kmem_cache_destroy(typed_cache);
}

module_init(typed_init);
module_exit(typed_exit);

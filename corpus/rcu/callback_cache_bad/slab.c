// SPDX-License-Identifier: Apache-2.0
/* Classic: who destroys a cache waits for callbacks only if the cache is one of a certain kind. */
#include <linux/export.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

#include "tiny.h"

void kmem_cache_destroy(struct kmem_cache *s);

void kmem_cache_destroy(struct kmem_cache *s)
{
	slab_barrier();

	if (IS_ENABLED(CONFIG_SLUB_RCU_DEBUG) && (s->flags & SLAB_TYPESAFE_BY_RCU))
		rcu_barrier();

	s->refcount--;

	if (s->flags & SLAB_TYPESAFE_BY_RCU)
		rcu_barrier();
}
EXPORT_SYMBOL(kmem_cache_destroy);

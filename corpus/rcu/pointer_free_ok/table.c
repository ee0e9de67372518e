// SPDX-License-Identifier: Apache-2.0
/* Classic: what an RCU pointer had is freed after a grace period, or no reader has it. */
#include <linux/errno.h>
#include <linux/slab.h>

#include "table.h"

static struct kmem_cache *limits_cache;

int port_rate(struct port *port)
{
	struct limits *limits;
	int rate = 0;

	rcu_read_lock();
	limits = rcu_dereference(port->limits);
	if (limits)
		rate = limits->rate;
	rcu_read_unlock();
	return rate;
}

int port_typed(struct port *port)
{
	struct limits *limits;
	int rate = 0;

	rcu_read_lock();
	limits = rcu_dereference(port->typed);
	if (limits)
		rate = limits->rate;
	rcu_read_unlock();
	return rate;
}

int port_quota(struct port *port)
{
	struct limits *quotas;
	int rate = 0;

	mutex_lock(&port->quotas_lock);
	quotas = rcu_dereference_check(port->quotas, lockdep_is_held(&port->quotas_lock));
	if (quotas)
		rate = quotas->rate;
	mutex_unlock(&port->quotas_lock);
	return rate;
}

int port_set(struct port *port, int rate)
{
	struct limits *fresh = kzalloc(sizeof(*fresh), GFP_KERNEL);
	struct limits *old;

	if (!fresh)
		return -ENOMEM;
	fresh->rate = rate;
	mutex_lock(&port->lock);
	old = rcu_dereference_protected(port->limits, lockdep_is_held(&port->lock));
	if (old && old->rate == rate) {
		mutex_unlock(&port->lock);
		kfree(fresh);
		return 0;
	}
	rcu_assign_pointer(port->limits, fresh);
	mutex_unlock(&port->lock);
	kfree_rcu(old, rcu); // excused rcu-pointer-free-without-grace-period "grace-period"
	return 0;
}

/* The one-argument form waits itself. */
void port_clear(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_replace_pointer(port->limits, NULL, lockdep_is_held(&port->lock));
	mutex_unlock(&port->lock);
	kfree_rcu_mightsleep(old); // excused rcu-pointer-free-without-grace-period "grace-period"
}

/* Both forms for what kvmalloc() gave. */
void port_clear_large(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_replace_pointer(port->limits, NULL, lockdep_is_held(&port->lock));
	mutex_unlock(&port->lock);
	kvfree_rcu(old, rcu); // excused rcu-pointer-free-without-grace-period "grace-period"
}

void port_clear_large_now(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_replace_pointer(port->limits, NULL, lockdep_is_held(&port->lock));
	mutex_unlock(&port->lock);
	kvfree_rcu_mightsleep(old); // excused rcu-pointer-free-without-grace-period "grace-period"
}

int port_wait(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_replace_pointer(port->limits, NULL, lockdep_is_held(&port->lock));
	mutex_unlock(&port->lock);
	synchronize_rcu();
	kfree(old); // excused rcu-pointer-free-without-grace-period "grace-period"
	return 0;
}

static void limits_free(struct rcu_head *head)
{
	kfree(container_of(head, struct limits, rcu));
}

void port_swap(struct port *port, struct limits *fresh)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_dereference_protected(port->limits, lockdep_is_held(&port->lock));
	rcu_assign_pointer(port->limits, fresh);
	mutex_unlock(&port->lock);
	if (old)
		call_rcu(&old->rcu, limits_free); // excused rcu-pointer-free-without-grace-period "grace-period"
}

/* Readers hold the lock of who sets the pointer. */
void port_quota_drop(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->quotas_lock);
	old = rcu_replace_pointer(port->quotas, NULL, lockdep_is_held(&port->quotas_lock));
	mutex_unlock(&port->quotas_lock);
	kfree(old); // excused rcu-pointer-free-without-grace-period "reader-excluded-by-lock"
}

/* Nobody knows the port yet. */
struct port *port_make(int rate)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);
	struct limits *limits;

	if (!port)
		return NULL;
	limits = kzalloc(sizeof(*limits), GFP_KERNEL);
	if (!limits) {
		kfree(port);
		return NULL;
	}
	limits->rate = rate;
	RCU_INIT_POINTER(port->limits, limits);
	if (rate < 0) {
		RCU_INIT_POINTER(port->limits, NULL);
		kfree(limits); // excused rcu-pointer-free-without-grace-period "not-published"
		kfree(port);
		return NULL;
	}
	return port;
}

void port_typed_init(void)
{
	limits_cache = kmem_cache_create("limits", sizeof(struct limits), 0,
					 SLAB_TYPESAFE_BY_RCU, NULL);
}

void port_typed_drop(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_replace_pointer(port->typed, NULL, lockdep_is_held(&port->lock));
	mutex_unlock(&port->lock);
	if (old)
		kmem_cache_free(limits_cache, old); // excused rcu-pointer-free-without-grace-period "slab-typesafe-by-rcu"
}

/* What the pointer had is set again, and what never was there is freed. */
void port_set_back(struct port *port, struct limits *fresh)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_dereference_protected(port->limits, lockdep_is_held(&port->lock));
	rcu_assign_pointer(port->limits, old);
	mutex_unlock(&port->lock);
	kfree(fresh);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the same with the pointer set, or the object freed, in a callee. */
#include <linux/slab.h>

#include "table.h"

static void limits_release(struct limits *limits)
{
	if (limits)
		kfree(limits);
}

static void port_publish(struct port *port, struct limits *fresh)
{
	rcu_assign_pointer(port->limits, fresh);
}

void port_swap(struct port *port, struct limits *fresh)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_dereference_protected(port->limits, lockdep_is_held(&port->lock));
	port_publish(port, fresh);
	mutex_unlock(&port->lock);
	limits_release(old); // latent rcu-pointer-free-without-grace-period "has not been measured"
}

struct limits *port_take(struct port *port)
{
	return rcu_replace_pointer(port->limits, NULL, lockdep_is_held(&port->lock));
}

void port_drop(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = port_take(port);
	mutex_unlock(&port->lock);
	kfree(old); // latent rcu-pointer-free-without-grace-period "has not been measured"
}

void port_forget(struct port *port, struct limits *limits)
{
	mutex_lock(&port->lock);
	if (rcu_access_pointer(port->limits) != limits) {
		mutex_unlock(&port->lock);
		return;
	}
	RCU_INIT_POINTER(port->limits, NULL);
	mutex_unlock(&port->lock);
	kfree(limits); // latent rcu-pointer-free-without-grace-period "has not been measured"
}

static void port_unset(struct port *port, struct limits *limits)
{
	RCU_INIT_POINTER(port->limits, NULL);
	kfree(limits); // latent rcu-pointer-free-without-grace-period "has not been measured"
}

void port_reset(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_dereference_protected(port->limits, lockdep_is_held(&port->lock));
	if (old)
		port_unset(port, old);
	mutex_unlock(&port->lock);
}

static struct limits *port_limits(struct port *port)
{
	return rcu_dereference_protected(port->limits, lockdep_is_held(&port->lock));
}

void port_renew(struct port *port, struct limits *fresh)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = port_limits(port);
	rcu_assign_pointer(port->limits, fresh);
	mutex_unlock(&port->lock);
	kfree(old); // latent rcu-pointer-free-without-grace-period "has not been measured"
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: what an RCU pointer had is freed at once, in the function that sets the pointer. */
#include <linux/errno.h>
#include <linux/slab.h>

#include "table.h"

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

int port_spare(struct port *port, int i)
{
	struct limits *limits;
	int rate = 0;

	rcu_read_lock();
	limits = rcu_dereference(port->spare[i]);
	if (limits)
		rate = limits->rate;
	rcu_read_unlock();
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
	rcu_assign_pointer(port->limits, fresh);
	mutex_unlock(&port->lock);
	kfree(old); // latent rcu-pointer-free-without-grace-period "has not been measured"
	return 0;
}

void port_clear(struct port *port)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_replace_pointer(port->limits, NULL, lockdep_is_held(&port->lock));
	mutex_unlock(&port->lock);
	if (old)
		kfree(old); // latent rcu-pointer-free-without-grace-period "has not been measured"
}

void port_retire(struct port *port, int i)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_dereference_protected(port->spare[i], lockdep_is_held(&port->lock));
	RCU_INIT_POINTER(port->spare[i], NULL);
	mutex_unlock(&port->lock);
	kfree(old); // latent rcu-pointer-free-without-grace-period "has not been measured"
}

/* All of them, as at the end of the port. */
void port_close(struct port *port)
{
	int i;

	mutex_lock(&port->lock);
	for (i = 0; i < 4; i++) {
		struct limits *old = rcu_replace_pointer(port->spare[i], NULL, 1);

		kfree(old); // latent rcu-pointer-free-without-grace-period "cleared in a loop"
	}
	mutex_unlock(&port->lock);
}

/* One of two states: whoever keeps it may wait later. */
void port_part(struct port *port, struct limits_bin *bin, int keep)
{
	struct limits *old;

	mutex_lock(&port->lock);
	old = rcu_replace_pointer(port->limits, NULL, 1);
	mutex_unlock(&port->lock);
	if (keep)
		bin->limits = old;
	else
		kfree(old); // latent rcu-pointer-free-without-grace-period "is kept in 'bin->limits'"
}

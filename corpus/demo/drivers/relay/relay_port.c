// SPDX-License-Identifier: Apache-2.0
/* Thread 003: the unlink is right, but the readers of the port are not waited for. */
#include <linux/errno.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "relay_internal.h"

struct relay_port {
	struct list_head node;
	u32 number;
};

bool relay_port_exists(struct relay_device *device, u32 number)
{
	struct relay_port *port;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(port, &device->ports, node) {
		if (port->number == number) {
			found = true;
			break;
		}
	}
	rcu_read_unlock();

	return found;
}

int relay_port_add(struct relay_device *device, u32 number)
{
	struct relay_port *port = kmalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;

	port->number = number;
	spin_lock(&device->ports_lock);
	list_add_tail_rcu(&port->node, &device->ports);
	spin_unlock(&device->ports_lock);
	return 0;
}

void relay_port_remove(struct relay_device *device, u32 number)
{
	struct relay_port *port, *next;

	spin_lock(&device->ports_lock);
	list_for_each_entry_safe(port, next, &device->ports, node) {
		if (port->number != number)
			continue;
		list_del_rcu(&port->node);
		kfree(port); // want rcu-free-without-grace-period "'port' is freed without a grace period.*struct relay_port\.node"
	}
	spin_unlock(&device->ports_lock);
}

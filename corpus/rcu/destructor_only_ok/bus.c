// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 003: RCU on the insertion only. Readers may run beside an insertion,
 * and nothing is ever deleted while the bus lives: the destructor owns the list
 * alone, because each reader holds a reference. Plain list_del() is right.
 */
#include <linux/kref.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct bus {
	struct kref kref;
	spinlock_t lock;
	struct list_head ports;
};

struct bus_port {
	struct list_head node;
	u32 address;
};

struct bus *bus_create(void);
int bus_add_port(struct bus *bus, u32 address);
bool bus_has_port(struct bus *bus, u32 address);
void bus_put(struct bus *bus);

struct bus *bus_create(void)
{
	struct bus *bus = kzalloc(sizeof(*bus), GFP_KERNEL);

	if (!bus)
		return NULL;

	kref_init(&bus->kref);
	spin_lock_init(&bus->lock);
	INIT_LIST_HEAD(&bus->ports);
	return bus;
}

int bus_add_port(struct bus *bus, u32 address)
{
	struct bus_port *port = kzalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;

	port->address = address;
	spin_lock(&bus->lock);
	list_add_tail_rcu(&port->node, &bus->ports);
	spin_unlock(&bus->lock);
	return 0;
}

/* The caller holds a reference to the bus. */
bool bus_has_port(struct bus *bus, u32 address)
{
	struct bus_port *port;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(port, &bus->ports, node) {
		if (port->address == address) {
			found = true;
			break;
		}
	}
	rcu_read_unlock();

	return found;
}

static void bus_release(struct kref *kref)
{
	struct bus *bus = container_of(kref, struct bus, kref);
	struct bus_port *port, *next;

	list_for_each_entry_safe(port, next, &bus->ports, node) {
		list_del(&port->node); // excused rcu-list-plain-delete "last-reference-gone"
		kfree(port);
	}
	kfree(bus);
}

void bus_put(struct bus *bus)
{
	kref_put(&bus->kref, bus_release);
}

// SPDX-License-Identifier: Apache-2.0
/* Thread 003: whoever adds ports and whoever looks for them. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>

#include "hub.h"

int hub_add(struct hub *hub, int id)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);

	if (!port)
		return -ENOMEM;
	port->id = id;
	mutex_lock(&hub->lock);
	list_add_tail(&port->node, &hub->ports);
	mutex_unlock(&hub->lock);
	return 0;
}
EXPORT_SYMBOL_GPL(hub_add);

bool hub_has(struct hub *hub, int id)
{
	struct port *port;
	bool found = false;

	mutex_lock(&hub->lock);
	list_for_each_entry(port, &hub->ports, node) {
		if (port->id == id)
			found = true;
	}
	mutex_unlock(&hub->lock);
	return found;
}
EXPORT_SYMBOL_GPL(hub_has);

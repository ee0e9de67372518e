// SPDX-License-Identifier: Apache-2.0
/* Thread 003: whoever takes ports away, in a file of its own. */
#include <linux/export.h>
#include <linux/slab.h>

#include "hub.h"

void hub_remove(struct hub *hub, struct port *port)
{
	mutex_lock(&hub->lock);
	list_del(&port->node);
	mutex_unlock(&hub->lock);
	kfree(port);
}
EXPORT_SYMBOL_GPL(hub_remove);

// SPDX-License-Identifier: Apache-2.0
/* Thread 003: a second place where ports come in, easily forgotten. */
#include <linux/export.h>

#include "hub.h"

void hub_restore(struct hub *hub, struct port *port)
{
	mutex_lock(&hub->lock);
	list_add(&port->node, &hub->ports);
	mutex_unlock(&hub->lock);
}
EXPORT_SYMBOL_GPL(hub_restore);

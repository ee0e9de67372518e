// SPDX-License-Identifier: Apache-2.0
/* Thread 003: ports of a hub, on a list. */
#ifndef HUB_H
#define HUB_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>

struct port {
	struct list_head node;
	struct rcu_head rcu;
	int id;
};

struct hub {
	struct mutex lock;
	struct list_head ports;
};

int hub_add(struct hub *hub, int id);
bool hub_has(struct hub *hub, int id);
void hub_remove(struct hub *hub, struct port *port);
void hub_restore(struct hub *hub, struct port *port);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: a table of limits that hangs on an RCU pointer of each port. */
#ifndef TABLE_H
#define TABLE_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>

struct limits {
	struct rcu_head rcu;
	int rate;
};

struct limits_bin {
	struct limits *limits;
};

struct port {
	struct mutex lock;
	struct limits __rcu *limits;
	struct limits __rcu *spare[4];
};

int port_rate(struct port *port);
int port_spare(struct port *port, int i);
int port_set(struct port *port, int rate);
void port_clear(struct port *port);
void port_swap(struct port *port, struct limits *fresh);
void port_drop(struct port *port);
void port_forget(struct port *port, struct limits *limits);
struct limits *port_take(struct port *port);
void port_reset(struct port *port);
void port_retire(struct port *port, int i);
void port_renew(struct port *port, struct limits *fresh);
void port_close(struct port *port);
void port_part(struct port *port, struct limits_bin *bin, int keep);

#endif

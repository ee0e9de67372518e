/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: a table of limits that hangs on an RCU pointer of each port. */
#ifndef TABLE_H
#define TABLE_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>

struct limits {
	struct rcu_head rcu;
	int rate;
};

struct port {
	struct mutex lock;
	struct mutex quotas_lock;
	struct limits __rcu *limits;
	struct limits __rcu *quotas;
	struct limits __rcu *typed;
};

int port_rate(struct port *port);
int port_quota(struct port *port);
int port_typed(struct port *port);
int port_set(struct port *port, int rate);
int port_set_both(struct port *port, int rate);
int port_wait(struct port *port);
void port_clear(struct port *port);
void port_clear_large(struct port *port);
void port_clear_large_now(struct port *port);
void port_swap(struct port *port, struct limits *fresh);
void port_quota_drop(struct port *port);
struct port *port_make(int rate);
void port_typed_init(void);
void port_typed_drop(struct port *port);
void port_set_back(struct port *port, struct limits *fresh);

#endif

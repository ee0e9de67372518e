// SPDX-License-Identifier: Apache-2.0
/* Classic: the same code, but every caller of the walk holds the deleter's lock. */
#ifndef FLOW_H
#define FLOW_H

#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/types.h>

typedef struct flow {
	struct list_head chain;
	u64 cookie;
	struct rcu_head rcu;
} flow_t;

typedef struct flow_domain {
	spinlock_t lock;
	struct list_head flows;
} flow_domain_t;

flow_t *__flow_find(flow_domain_t *domain, u64 cookie);
int flow_add(flow_domain_t *domain, u64 cookie);
void flow_del(flow_domain_t *domain, struct list_head *pos);

#endif

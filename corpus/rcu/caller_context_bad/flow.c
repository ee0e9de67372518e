// SPDX-License-Identifier: Apache-2.0
/* Classic: typedefs, container_of() and an alias between the node and its type. */
#include <linux/rculist.h>
#include <linux/slab.h>

#include "flow.h"

/* The caller is inside an RCU read-side section. */
flow_t *__flow_find(flow_domain_t *domain, u64 cookie)
{
	flow_t *flow;

	list_for_each_entry_rcu(flow, &domain->flows, chain)
		if (flow->cookie == cookie)
			return flow;

	return NULL;
}

int flow_add(flow_domain_t *domain, u64 cookie)
{
	flow_t *flow = kzalloc(sizeof(*flow), GFP_KERNEL);

	if (!flow)
		return -ENOMEM;

	flow->cookie = cookie;
	spin_lock(&domain->lock);
	list_add_rcu(&flow->chain, &domain->flows);
	spin_unlock(&domain->lock);
	return 0;
}

void flow_del(flow_domain_t *domain, struct list_head *pos)
{
	flow_t *victim = container_of(pos, flow_t, chain);
	struct list_head *node = &victim->chain;

	spin_lock(&domain->lock);
	list_del(node); // want rcu-list-plain-delete "plain list_del\(\).*flow.*\.chain" fixed rcu-list-plain-delete "list_del_rcu(node);"
	spin_unlock(&domain->lock);
	kfree_rcu(victim, rcu);
}

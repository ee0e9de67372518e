// SPDX-License-Identifier: Apache-2.0
/* Classic: RCU is held here too, but it is the spinlock that excludes flow_del(). */
#include "flow.h"

bool flow_known(flow_domain_t *domain, u64 cookie);
bool flows_both_known(flow_domain_t *domain, u64 a, u64 b);

bool flow_known(flow_domain_t *domain, u64 cookie)
{
	bool known;

	rcu_read_lock();
	spin_lock(&domain->lock);
	known = __flow_find(domain, cookie) != NULL;
	spin_unlock(&domain->lock);
	rcu_read_unlock();

	return known;
}

bool flows_both_known(flow_domain_t *domain, u64 a, u64 b)
{
	bool known;

	spin_lock(&domain->lock);
	rcu_read_lock();
	known = __flow_find(domain, a) && __flow_find(domain, b);
	rcu_read_unlock();
	spin_unlock(&domain->lock);

	return known;
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the only callers of the walk; they hold RCU and no lock. */
#include "flow.h"

bool flow_known(flow_domain_t *domain, u64 cookie);
bool flows_both_known(flow_domain_t *domain, u64 a, u64 b);

bool flow_known(flow_domain_t *domain, u64 cookie)
{
	bool known;

	rcu_read_lock();
	known = __flow_find(domain, cookie) != NULL;
	rcu_read_unlock();

	return known;
}

bool flows_both_known(flow_domain_t *domain, u64 a, u64 b)
{
	bool known;

	rcu_read_lock();
	known = __flow_find(domain, a) && __flow_find(domain, b);
	rcu_read_unlock();

	return known;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the rules of a zone are walked without a lock, but only through the
 * zone. The zone is unlinked first and its rules go in the RCU callback, when
 * every walker is out.
 */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct zone_rule {
	struct list_head node;
	u16 port;
};

struct net_zone {
	struct list_head node;
	struct list_head rules;
	u32 id;
	struct rcu_head rcu;
};

static LIST_HEAD(zones);
static DEFINE_SPINLOCK(zones_lock);

bool zone_allows(u32 id, u16 port);
int zone_add_rule(struct net_zone *zone, u16 port);
void zone_publish(struct net_zone *zone);
void zone_remove(struct net_zone *zone);

bool zone_allows(u32 id, u16 port)
{
	struct zone_rule *rule;
	struct net_zone *zone;
	bool allowed = false;

	rcu_read_lock();
	list_for_each_entry_rcu(zone, &zones, node) {
		if (zone->id != id)
			continue;
		list_for_each_entry_rcu(rule, &zone->rules, node)
			allowed |= rule->port == port;
	}
	rcu_read_unlock();

	return allowed;
}

int zone_add_rule(struct net_zone *zone, u16 port)
{
	struct zone_rule *rule = kmalloc(sizeof(*rule), GFP_KERNEL);

	if (!rule)
		return -ENOMEM;

	rule->port = port;
	spin_lock(&zones_lock);
	list_add_tail_rcu(&rule->node, &zone->rules);
	spin_unlock(&zones_lock);
	return 0;
}

void zone_publish(struct net_zone *zone)
{
	spin_lock(&zones_lock);
	list_add_rcu(&zone->node, &zones);
	spin_unlock(&zones_lock);
}

static void zone_free_rcu(struct rcu_head *head)
{
	struct net_zone *zone = container_of(head, struct net_zone, rcu);
	struct zone_rule *rule, *tmp;

	list_for_each_entry_safe(rule, tmp, &zone->rules, node) {
		list_del(&rule->node); // excused rcu-list-plain-delete "in-rcu-callback"
		kfree(rule);
	}
	kfree(zone);
}

void zone_remove(struct net_zone *zone)
{
	spin_lock(&zones_lock);
	list_del_rcu(&zone->node);
	spin_unlock(&zones_lock);
	call_rcu(&zone->rcu, zone_free_rcu);
}

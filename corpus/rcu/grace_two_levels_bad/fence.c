// SPDX-License-Identifier: Apache-2.0
/* Classic: the chains are taken from a table that nobody made unreachable. */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct fence_rule {
	struct list_head node;
	u32 port;
};

struct fence_chain {
	struct list_head node;
	struct list_head rules;
};

struct fence_table {
	struct list_head node;
	struct list_head chains;
};

static LIST_HEAD(fence_tables);
static DEFINE_MUTEX(fence_lock);

bool fence_blocks(u32 port);
void fence_add(struct fence_table *table, struct fence_chain *chain, struct fence_rule *rule);
void fence_drop(struct fence_table *table);

bool fence_blocks(u32 port)
{
	struct fence_table *table;
	struct fence_chain *chain;
	struct fence_rule *rule;
	bool blocks = false;

	rcu_read_lock();
	list_for_each_entry_rcu(table, &fence_tables, node)
		list_for_each_entry_rcu(chain, &table->chains, node)
			list_for_each_entry_rcu(rule, &chain->rules, node)
				blocks |= rule->port == port;
	rcu_read_unlock();
	return blocks;
}

void fence_add(struct fence_table *table, struct fence_chain *chain, struct fence_rule *rule)
{
	mutex_lock(&fence_lock);
	list_add_tail_rcu(&rule->node, &chain->rules);
	list_add_tail_rcu(&chain->node, &table->chains);
	list_add_tail_rcu(&table->node, &fence_tables);
	mutex_unlock(&fence_lock);
}

static void fence_release(struct fence_table *table)
{
	struct fence_chain *chain;
	struct fence_rule *rule, *next;

	list_for_each_entry(chain, &table->chains, node) {
		list_for_each_entry_safe(rule, next, &chain->rules, node) {
			list_del(&rule->node); // want rcu-list-plain-delete "plain list_del\(\) of .struct fence_rule.node."
			kfree(rule);
		}
	}
}

void fence_drop(struct fence_table *table)
{
	mutex_lock(&fence_lock);
	synchronize_rcu();
	fence_release(table);
	mutex_unlock(&fence_lock);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a module that is loaded sets itself up in namespaces that live: readers are
 * on their lists already.
 */
#include <linux/init.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct net {
	struct list_head taps;
};

struct pernet_operations {
	int (*init)(struct net *net);
	void (*exit)(struct net *net);
};

int register_pernet_subsys(struct pernet_operations *ops);
int meter_start(struct net *net);
int net_taps_weight(struct net *net);

struct tap {
	struct list_head node;
	int weight;
};

static struct tap meter_tap;

int net_taps_weight(struct net *net)
{
	struct tap *tap;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(tap, &net->taps, node)
		sum += tap->weight;
	rcu_read_unlock();

	return sum;
}

static void meter_tap_in(struct net *net)
{
	list_add_rcu(&meter_tap.node, &net->taps);
}

static int meter_net_init(struct net *net)
{
	int err;

	meter_tap_in(net);
	err = meter_start(net);
	if (err)
		list_del(&meter_tap.node); // want rcu-list-plain-delete "plain list_del\(\).*struct tap\.node"
	return err;
}

static struct pernet_operations meter_net_ops = {
	.init = meter_net_init,
};

static int __init meter_init(void)
{
	return register_pernet_subsys(&meter_net_ops);
}
module_init(meter_init);

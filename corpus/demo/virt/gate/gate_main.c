// SPDX-License-Identifier: Apache-2.0
/* Thread 001: the life of a gate. Only the safe get is meant for outsiders. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "gate_internal.h"

struct gate *gate_create(u32 id)
{
	struct gate *gate = kzalloc(sizeof(*gate), GFP_KERNEL_ACCOUNT);

	if (!gate)
		return NULL;

	refcount_set(&gate->users, 1);
	gate->id = id;
	mutex_init(&gate->lock);
	INIT_LIST_HEAD(&gate->devices);
	INIT_HLIST_HEAD(&gate->routes);
	return gate;
}

void gate_get(struct gate *gate)
{
	refcount_inc(&gate->users);
}

bool gate_get_safe(struct gate *gate)
{
	return refcount_inc_not_zero(&gate->users);
}

void gate_put(struct gate *gate)
{
	if (refcount_dec_and_test(&gate->users))
		kfree(gate);
}

const struct gate_helpers gate_helpers = {
	.get = gate_get_safe,
	.put = gate_put,
};

static int __init gate_init(void)
{
	pr_info("gate: ready\n");
	return 0;
}

static void __exit gate_exit(void)
{
	pr_info("gate: gone\n");
}

module_init(gate_init);
module_exit(gate_exit);

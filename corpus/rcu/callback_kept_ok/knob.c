// SPDX-License-Identifier: Apache-2.0
/* Classic: a module that has no exit function is never unloaded. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct knob {
	struct rcu_head rcu;
};

void knob_drop(struct knob *knob);

static void knob_free(struct rcu_head *head)
{
	kfree(container_of(head, struct knob, rcu));
}

void knob_drop(struct knob *knob)
{
	call_rcu(&knob->rcu, knob_free); // excused rcu-callback-without-barrier "never-unloaded"
}

static int __init knob_init(void)
{
	return 0;
}

module_init(knob_init);

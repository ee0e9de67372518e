// SPDX-License-Identifier: Apache-2.0
/* Classic: the callback is part of the kernel image, and always there. */
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct dial {
	struct rcu_head rcu;
};

void dial_drop(struct dial *dial);

static void dial_free(struct rcu_head *head)
{
	kfree(container_of(head, struct dial, rcu));
}

void dial_drop(struct dial *dial)
{
	call_rcu(&dial->rcu, dial_free); // excused rcu-callback-without-barrier "built-in"
}

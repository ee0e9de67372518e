// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the node is taken off the list that it was just put on, which nobody walks
 * without the lock.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>

struct probe {
	struct list_head node;
	struct list_head parts;
	int hits;
};

static LIST_HEAD(probes);
static DEFINE_MUTEX(probe_mutex);

int probe_hits(void);
void probe_register(struct probe *probe);
int probe_attach(struct probe *whole, struct probe *part);
int probe_arm(struct probe *probe);

int probe_hits(void)
{
	struct probe *probe;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(probe, &probes, node)
		sum += probe->hits;
	rcu_read_unlock();

	return sum;
}

void probe_register(struct probe *probe)
{
	mutex_lock(&probe_mutex);
	list_add_rcu(&probe->node, &probes);
	mutex_unlock(&probe_mutex);
}

int probe_attach(struct probe *whole, struct probe *part)
{
	int err;

	mutex_lock(&probe_mutex);
	list_add(&part->node, &whole->parts);
	err = probe_arm(whole);
	if (err)
		list_del(&part->node); // excused rcu-list-plain-delete "private-list"
	mutex_unlock(&probe_mutex);
	return err;
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the grace period is that of the readers' own srcu_struct. */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/srcu.h>

struct probe {
	struct list_head list;
	void (*call)(void *data);
	void *data;
	struct rcu_head rcu;
};

DEFINE_STATIC_SRCU(probes_srcu);
static LIST_HEAD(probes);
static DEFINE_MUTEX(probes_lock);

void probes_run(void);
void probe_add(struct probe *probe);
void probe_remove(struct probe *probe);
void probe_remove_later(struct probe *probe);

void probes_run(void)
{
	struct probe *probe;
	int idx;

	idx = srcu_read_lock(&probes_srcu);
	list_for_each_entry_srcu(probe, &probes, list, srcu_read_lock_held(&probes_srcu))
		probe->call(probe->data);
	srcu_read_unlock(&probes_srcu, idx);
}

void probe_add(struct probe *probe)
{
	mutex_lock(&probes_lock);
	list_add_tail_rcu(&probe->list, &probes);
	mutex_unlock(&probes_lock);
}

void probe_remove(struct probe *probe)
{
	mutex_lock(&probes_lock);
	list_del_rcu(&probe->list);
	mutex_unlock(&probes_lock);

	synchronize_srcu(&probes_srcu);
	kfree(probe); // excused rcu-free-without-grace-period "grace-period"
}

static void probe_free(struct rcu_head *head)
{
	kfree(container_of(head, struct probe, rcu));
}

void probe_remove_later(struct probe *probe)
{
	mutex_lock(&probes_lock);
	list_del_rcu(&probe->list);
	mutex_unlock(&probes_lock);

	call_srcu(&probes_srcu, &probe->rcu, probe_free);
}

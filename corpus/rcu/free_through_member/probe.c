// SPDX-License-Identifier: Apache-2.0
/* The free stands behind a member that is called: which function that is, the object knows. */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct probe;

struct probe_ops {
	void (*release)(struct probe *p);
};

struct probe {
	struct list_head entry;
	const struct probe_ops *ops;
	int id;
};

static LIST_HEAD(probes);
static DEFINE_SPINLOCK(probes_lock);

int probe_exists(int id)
{
	struct probe *p;
	int found = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(p, &probes, entry)
		found |= p->id == id;
	rcu_read_unlock();
	return found;
}

static void probe_keep(struct probe *p)
{
	p->id = 0;
}

static void probe_free(struct probe *p)
{
	kfree(p);
}

static const struct probe_ops pool_ops = {
	.release = probe_keep,
};

static const struct probe_ops heap_ops = {
	.release = probe_free,
};

void probe_add(struct probe *p, bool pooled)
{
	p->ops = pooled ? &pool_ops : &heap_ops;
	spin_lock(&probes_lock);
	list_add_rcu(&p->entry, &probes);
	spin_unlock(&probes_lock);
}

void probe_remove(struct probe *p)
{
	spin_lock(&probes_lock);
	list_del_rcu(&p->entry);
	spin_unlock(&probes_lock);
	p->ops->release(p); // latent rcu-free-without-grace-period "which of the functions behind the member is called is not known"
}

void probe_retire(struct probe *p)
{
	spin_lock(&probes_lock);
	list_del_rcu(&p->entry);
	spin_unlock(&probes_lock);
	synchronize_rcu();
	p->ops->release(p); // excused rcu-free-without-grace-period "grace-period"
}

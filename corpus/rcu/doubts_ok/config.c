// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a list that is read under SRCU in one configuration and under a mutex
 * in the other, and the removal is written twice for it. Which removal goes with
 * which readers only the configuration says: latent.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/srcu.h>

struct supplier {
	struct list_head node;
	int load;
};

struct consumer {
	struct list_head suppliers;
	int load;
};

static DEFINE_MUTEX(suppliers_lock);

int consumer_load(struct consumer *consumer);
void supplier_add(struct consumer *consumer, struct supplier *supplier);
void supplier_gone(struct supplier *supplier);

#ifdef CONFIG_SUPPLIER_SRCU
DEFINE_STATIC_SRCU(suppliers_srcu);

static int suppliers_read_lock(void)
{
	return srcu_read_lock(&suppliers_srcu);
}

static void suppliers_read_unlock(int idx)
{
	srcu_read_unlock(&suppliers_srcu, idx);
}

static void supplier_unlink(struct supplier *supplier)
{
	list_del_rcu(&supplier->node);
	synchronize_srcu(&suppliers_srcu);
}
#else
static int suppliers_read_lock(void)
{
	mutex_lock(&suppliers_lock);
	return 0;
}

static void suppliers_read_unlock(int idx)
{
	mutex_unlock(&suppliers_lock);
}

static void supplier_unlink(struct supplier *supplier)
{
	list_del(&supplier->node); // latent rcu-list-plain-delete "for another configuration supplier_unlink"
}
#endif

int consumer_load(struct consumer *consumer)
{
	struct supplier *supplier;
	int sum = 0;
	int idx = suppliers_read_lock();

	list_for_each_entry_rcu(supplier, &consumer->suppliers, node)
		sum += supplier->load;
	suppliers_read_unlock(idx);
	return sum;
}

void supplier_add(struct consumer *consumer, struct supplier *supplier)
{
	mutex_lock(&suppliers_lock);
	list_add_tail_rcu(&supplier->node, &consumer->suppliers);
	mutex_unlock(&suppliers_lock);
}

void supplier_gone(struct supplier *supplier)
{
	mutex_lock(&suppliers_lock);
	supplier_unlink(supplier);
	mutex_unlock(&suppliers_lock);
	kfree(supplier);
}

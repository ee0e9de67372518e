// SPDX-License-Identifier: Apache-2.0
/* Classic: plain removal under lockless readers, one list for each iterator of the RCU family. */
#include <linux/hashtable.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/srcu.h>

static DEFINE_MUTEX(lists_lock);

struct walk_on {
	struct list_head node;
	int id;
};

static LIST_HEAD(walk_on_list);

int walk_on_sum(struct walk_on *p);
void walk_on_add(struct walk_on *p);
void walk_on_drop(struct walk_on *p);

int walk_on_sum(struct walk_on *p)
{
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_continue_rcu(p, &walk_on_list, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void walk_on_add(struct walk_on *p)
{
	mutex_lock(&lists_lock);
	list_add_rcu(&p->node, &walk_on_list);
	mutex_unlock(&lists_lock);
}

void walk_on_drop(struct walk_on *p)
{
	mutex_lock(&lists_lock);
	list_del(&p->node); // want rcu-list-plain-delete "plain list_del\(\) of 'struct walk_on.node'" fixed rcu-list-plain-delete "list_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct walk_from {
	struct list_head node;
	int id;
};

static LIST_HEAD(walk_from_list);

int walk_from_sum(struct walk_from *p);
void walk_from_add(struct walk_from *p);
void walk_from_drop(struct walk_from *p);

int walk_from_sum(struct walk_from *p)
{
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_from_rcu(p, &walk_from_list, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void walk_from_add(struct walk_from *p)
{
	mutex_lock(&lists_lock);
	list_add_rcu(&p->node, &walk_from_list);
	mutex_unlock(&lists_lock);
}

void walk_from_drop(struct walk_from *p)
{
	mutex_lock(&lists_lock);
	list_del(&p->node); // want rcu-list-plain-delete "plain list_del\(\) of 'struct walk_from.node'" fixed rcu-list-plain-delete "list_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct lockless {
	struct list_head node;
	int id;
};

static LIST_HEAD(lockless_list);

int lockless_sum(void);
void lockless_add(struct lockless *p);
void lockless_drop(struct lockless *p);

int lockless_sum(void)
{
	struct lockless *p;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_lockless(p, &lockless_list, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void lockless_add(struct lockless *p)
{
	mutex_lock(&lists_lock);
	list_add_rcu(&p->node, &lockless_list);
	mutex_unlock(&lists_lock);
}

void lockless_drop(struct lockless *p)
{
	mutex_lock(&lists_lock);
	list_del(&p->node); // want rcu-list-plain-delete "plain list_del\(\) of 'struct lockless.node'" fixed rcu-list-plain-delete "list_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct bidir {
	struct list_head node;
	int id;
};

static LIST_HEAD(bidir_list);

int bidir_sum(void);
void bidir_add(struct bidir *p);
void bidir_drop(struct bidir *p);

int bidir_sum(void)
{
	struct bidir *p;
	int sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(p, &bidir_list, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void bidir_add(struct bidir *p)
{
	mutex_lock(&lists_lock);
	list_bidir_add_rcu(&p->node, &bidir_list);
	mutex_unlock(&lists_lock);
}

void bidir_drop(struct bidir *p)
{
	mutex_lock(&lists_lock);
	list_del(&p->node); // want rcu-list-plain-delete "plain list_del\(\) of 'struct bidir.node'" fixed rcu-list-plain-delete "list_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct chain_on {
	struct hlist_node node;
	int id;
};

static HLIST_HEAD(chain_on_list);

int chain_on_sum(struct chain_on *p);
void chain_on_add(struct chain_on *p);
void chain_on_drop(struct chain_on *p);

int chain_on_sum(struct chain_on *p)
{
	int sum = 0;

	rcu_read_lock();
	hlist_for_each_entry_continue_rcu(p, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void chain_on_add(struct chain_on *p)
{
	mutex_lock(&lists_lock);
	hlist_add_head_rcu(&p->node, &chain_on_list);
	mutex_unlock(&lists_lock);
}

void chain_on_drop(struct chain_on *p)
{
	mutex_lock(&lists_lock);
	hlist_del(&p->node); // want rcu-list-plain-delete "plain hlist_del\(\) of 'struct chain_on.node'" fixed rcu-list-plain-delete "hlist_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct chain_from {
	struct hlist_node node;
	int id;
};

static HLIST_HEAD(chain_from_list);

int chain_from_sum(struct chain_from *p);
void chain_from_add(struct chain_from *p);
void chain_from_drop(struct chain_from *p);

int chain_from_sum(struct chain_from *p)
{
	int sum = 0;

	rcu_read_lock();
	hlist_for_each_entry_from_rcu(p, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void chain_from_add(struct chain_from *p)
{
	mutex_lock(&lists_lock);
	hlist_add_head_rcu(&p->node, &chain_from_list);
	mutex_unlock(&lists_lock);
}

void chain_from_drop(struct chain_from *p)
{
	mutex_lock(&lists_lock);
	hlist_del(&p->node); // want rcu-list-plain-delete "plain hlist_del\(\) of 'struct chain_from.node'" fixed rcu-list-plain-delete "hlist_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct untraced {
	struct hlist_node node;
	int id;
};

static HLIST_HEAD(untraced_list);

int untraced_sum(void);
void untraced_add(struct untraced *p);
void untraced_drop(struct untraced *p);

int untraced_sum(void)
{
	struct untraced *p;
	int sum = 0;

	rcu_read_lock();
	hlist_for_each_entry_rcu_notrace(p, &untraced_list, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void untraced_add(struct untraced *p)
{
	mutex_lock(&lists_lock);
	hlist_add_head_rcu(&p->node, &untraced_list);
	mutex_unlock(&lists_lock);
}

void untraced_drop(struct untraced *p)
{
	mutex_lock(&lists_lock);
	hlist_del(&p->node); // want rcu-list-plain-delete "plain hlist_del\(\) of 'struct untraced.node'" fixed rcu-list-plain-delete "hlist_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct softirq {
	struct hlist_node node;
	int id;
};

static HLIST_HEAD(softirq_list);

int softirq_sum(void);
void softirq_add(struct softirq *p);
void softirq_drop(struct softirq *p);

int softirq_sum(void)
{
	struct softirq *p;
	int sum = 0;

	rcu_read_lock_bh();
	hlist_for_each_entry_rcu_bh(p, &softirq_list, node)
		sum += p->id;
	rcu_read_unlock_bh();
	return sum;
}

void softirq_add(struct softirq *p)
{
	mutex_lock(&lists_lock);
	hlist_add_head_rcu(&p->node, &softirq_list);
	mutex_unlock(&lists_lock);
}

void softirq_drop(struct softirq *p)
{
	mutex_lock(&lists_lock);
	hlist_del(&p->node); // want rcu-list-plain-delete "plain hlist_del\(\) of 'struct softirq.node'" fixed rcu-list-plain-delete "hlist_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

struct asleep {
	struct hlist_node node;
	int id;
};

static HLIST_HEAD(asleep_list);

DEFINE_STATIC_SRCU(asleep_srcu);

int asleep_sum(void);
void asleep_add(struct asleep *p);
void asleep_drop(struct asleep *p);

int asleep_sum(void)
{
	struct asleep *p;
	int sum = 0;
	int idx;

	idx = srcu_read_lock(&asleep_srcu);
	hlist_for_each_entry_srcu(p, &asleep_list, node,
				  srcu_read_lock_held(&asleep_srcu))
		sum += p->id;
	srcu_read_unlock(&asleep_srcu, idx);
	return sum;
}

void asleep_add(struct asleep *p)
{
	mutex_lock(&lists_lock);
	hlist_add_head_rcu(&p->node, &asleep_list);
	mutex_unlock(&lists_lock);
}

void asleep_drop(struct asleep *p)
{
	mutex_lock(&lists_lock);
	hlist_del(&p->node); // want rcu-list-plain-delete "plain hlist_del\(\) of 'struct asleep.node'" fixed rcu-list-plain-delete "hlist_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_srcu(&asleep_srcu);
	kfree(p);
}

struct bucket {
	struct hlist_node node;
	int id;
};

static DEFINE_HASHTABLE(bucket_table, 4);

int bucket_sum(void);
void bucket_add(struct bucket *p);
void bucket_drop(struct bucket *p);

int bucket_sum(void)
{
	struct bucket *p;
	int i;
	int sum = 0;

	rcu_read_lock();
	hash_for_each_rcu(bucket_table, i, p, node)
		sum += p->id;
	rcu_read_unlock();
	return sum;
}

void bucket_add(struct bucket *p)
{
	mutex_lock(&lists_lock);
	hash_add_rcu(bucket_table, &p->node, p->id);
	mutex_unlock(&lists_lock);
}

void bucket_drop(struct bucket *p)
{
	mutex_lock(&lists_lock);
	hlist_del(&p->node); // want rcu-list-plain-delete "plain hlist_del\(\) of 'struct bucket.node'" fixed rcu-list-plain-delete "hlist_del_rcu(&p->node);"
	mutex_unlock(&lists_lock);
	synchronize_rcu();
	kfree(p);
}

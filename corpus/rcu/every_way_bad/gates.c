// SPDX-License-Identifier: Apache-2.0
/* Classic: a look-up that most ways protect, and one that gives its section up too early. */
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/rculist.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

struct gate {
	struct list_head node;
	struct rcu_head rcu;
	u32 id;
};

static LIST_HEAD(gates);
static DEFINE_MUTEX(gates_lock);
static DEFINE_MUTEX(other_lock);

/* On one way the lock is another. */
static struct gate *gate_find(u32 id)
{
	struct gate *gate;

	list_for_each_entry_rcu(gate, &gates, node) // latent rcu-read-outside-section "no way into gate_find"
		if (gate->id == id)
			return gate;
	return NULL;
}

/* Nobody calls it but itself. */
static int gates_below(u32 id)
{
	struct gate *gate;
	int sum = 0;

	list_for_each_entry_rcu(gate, &gates, node) // latent rcu-read-outside-section "no way into gates_below"
		sum += gates_below(gate->id);
	return sum;
}

/* The section of its caller is left before it looks. */
static struct gate *gate_after(u32 id)
{
	struct gate *gate;

	rcu_read_unlock();
	list_for_each_entry_rcu(gate, &gates, node) // latent rcu-read-outside-section "no way into gate_after"
		if (gate->id == id)
			break;
	rcu_read_lock();
	return NULL;
}

static long gate_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct gate *gate;

	mutex_lock(&gates_lock);
	gate = gate_find(cmd);
	if (gate) {
		list_del_rcu(&gate->node);
		kfree_rcu(gate, rcu);
	}
	mutex_unlock(&gates_lock);
	mutex_lock(&other_lock);
	gate = gate_find(cmd);
	mutex_unlock(&other_lock);
	return gate ? 0 : -ENOENT;
}

static int gate_open(struct inode *inode, struct file *file)
{
	int ret;

	rcu_read_lock();
	ret = gate_find(0) && gate_after(1) ? 0 : -ENODEV;
	rcu_read_unlock();
	return ret;
}

static const struct file_operations gate_fops = {
	.open = gate_open,
	.unlocked_ioctl = gate_ioctl,
};

/* A start that enters nothing. */
static void *gates_start(struct seq_file *seq, loff_t *pos)
{
	return *pos ? NULL : &gates;
}

static int gates_show(struct seq_file *seq, void *v)
{
	struct gate *gate;

	list_for_each_entry_rcu(gate, &gates, node) // latent rcu-read-outside-section "has not been measured"
		seq_printf(seq, "%u\n", gate->id);
	return 0;
}

static const struct seq_operations gates_seq_ops = {
	.start = gates_start,
	.show = gates_show,
};

/* Of other callbacks it is not said. */
static int gates_set(struct sk_buff *skb, const struct nfnl_info *info, const struct nlattr * const cda[])
{
	struct gate *gate;
	int sum = 0;

	list_for_each_entry_rcu(gate, &gates, node) // latent rcu-read-outside-section "no way into gates_set"
		sum += gate->id;
	return sum;
}

static const struct nfnl_callback gates_callbacks[] = {
	[0] = {
		.call = gates_set,
		.type = NFNL_CB_MUTEX,
	},
};

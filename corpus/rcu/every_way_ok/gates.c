// SPDX-License-Identifier: Apache-2.0
/* Classic: a look-up that is inside of a section here, and under the updater's lock there. */
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

static struct gate *gate_find(u32 id)
{
	struct gate *gate;

	list_for_each_entry_rcu(gate, &gates, node) // excused rcu-read-outside-section "kept-on-every-way"
		if (gate->id == id)
			return gate;
	return NULL;
}

/* Two calls up. */
static bool gate_known(u32 id)
{
	return gate_find(id);
}

static long gate_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct gate *gate;

	mutex_lock(&gates_lock);
	gate = gate_known(cmd) ? gate_find(cmd) : NULL;
	if (gate) {
		list_del_rcu(&gate->node);
		kfree_rcu(gate, rcu);
	}
	mutex_unlock(&gates_lock);
	return gate ? 0 : -ENOENT;
}

static int gate_open(struct inode *inode, struct file *file)
{
	int ret;

	rcu_read_lock();
	ret = gate_known(0) ? 0 : -ENODEV;
	rcu_read_unlock();
	return ret;
}

static const struct file_operations gate_fops = {
	.open = gate_open,
	.unlocked_ioctl = gate_ioctl,
};

/* What the start of an iteration enters is open in its steps. */
static void *gates_start(struct seq_file *seq, loff_t *pos)
{
	rcu_read_lock();
	return *pos ? NULL : &gates;
}

static void *gates_next(struct seq_file *seq, void *v, loff_t *pos)
{
	return NULL;
}

static int gates_show(struct seq_file *seq, void *v)
{
	struct gate *gate;

	list_for_each_entry_rcu(gate, &gates, node)
		seq_printf(seq, "%u\n", gate->id);
	return 0;
}

static void gates_stop(struct seq_file *seq, void *v)
{
	rcu_read_unlock();
}

static const struct seq_operations gates_seq_ops = {
	.start = gates_start,
	.next = gates_next,
	.show = gates_show,
	.stop = gates_stop,
};

/* So it is in callbacks that say so. */
static int gates_get(struct sk_buff *skb, const struct nfnl_info *info, const struct nlattr * const cda[])
{
	struct gate *gate;
	int sum = 0;

	list_for_each_entry_rcu(gate, &gates, node)
		sum += gate->id;
	return sum;
}

static const struct nfnl_callback gates_callbacks[] = {
	[0] = {
		.call = gates_get,
		.type = NFNL_CB_RCU,
	},
};

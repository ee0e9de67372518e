// SPDX-License-Identifier: Apache-2.0
/* Classic: one caller enters a section, the other forgets to; and one that nobody knows. */
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct meter {
	struct list_head node;
	struct rcu_head rcu;
	u32 id;
};

static LIST_HEAD(meters);
static DEFINE_MUTEX(meters_lock);

void meter_drop(struct meter *meter);
u32 meters_sum(void);
int meters_register(int (*show)(void));

static struct meter *meter_find(u32 id)
{
	struct meter *meter;

	list_for_each_entry_rcu(meter, &meters, node) // latent rcu-read-outside-section "has not been measured"
		if (meter->id == id)
			return meter;
	return NULL;
}

static long meter_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return meter_find(cmd) ? 0 : -ENOENT;
}

static int meter_open(struct inode *inode, struct file *file)
{
	int ret;

	rcu_read_lock();
	ret = meter_find(0) ? 0 : -ENODEV;
	rcu_read_unlock();
	return ret;
}

static const struct file_operations meter_fops = {
	.open = meter_open,
	.unlocked_ioctl = meter_ioctl,
};

/* Whoever it is registered with may call it inside a section. */
static int meters_show(void)
{
	struct meter *meter;
	int sum = 0;

	list_for_each_entry_rcu(meter, &meters, node) // latent rcu-read-outside-section "no way into meters_show"
		sum += meter->id;
	return sum;
}

u32 meters_sum(void)
{
	return meters_register(meters_show);
}

void meter_drop(struct meter *meter)
{
	mutex_lock(&meters_lock);
	list_del_rcu(&meter->node);
	mutex_unlock(&meters_lock);
	kfree_rcu(meter, rcu);
}

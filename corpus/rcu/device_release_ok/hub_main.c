// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 003, as it was fixed: the delete is the _rcu one and a grace period lies
 * between it and the free that ->release() does. The reader is in hub_irq.c.
 */
#include <linux/anon_inodes.h>
#include <linux/fs.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "hub.h"

static void hub_destroy_devices(struct hub *hub)
{
	struct hub_device *dev, *tmp;

	/*
	 * Nobody can walk the list any more: every reader comes through a file
	 * that holds a reference, and the last one is gone.
	 */
	list_for_each_entry_safe(dev, tmp, &hub->devices, hub_node) {
		list_del(&dev->hub_node); // excused rcu-list-plain-delete "last-reference-gone"
		dev->ops->destroy(dev);
	}
}

static void hub_destroy(struct hub *hub)
{
	hub_destroy_devices(hub);
	mutex_destroy(&hub->lock);
	kfree(hub);
}

void hub_get(struct hub *hub)
{
	refcount_inc(&hub->users);
}

void hub_put(struct hub *hub)
{
	if (refcount_dec_and_test(&hub->users))
		hub_destroy(hub);
}

static int hub_device_release(struct inode *inode, struct file *filp)
{
	struct hub_device *dev = filp->private_data;
	struct hub *hub = dev->hub;

	if (dev->ops->release) {
		mutex_lock(&hub->lock);
		list_del_rcu(&dev->hub_node);
		synchronize_rcu();
		dev->ops->release(dev);
		mutex_unlock(&hub->lock);
	}

	hub_put(hub);
	return 0;
}

static const struct file_operations hub_device_fops = {
	.release = hub_device_release,
};

int hub_create_device(struct hub *hub, u32 type)
{
	const struct hub_device_ops *ops = &hub_timer_ops;
	struct hub_device *dev;
	int ret;

	dev = kzalloc(sizeof(*dev), GFP_KERNEL_ACCOUNT);
	if (!dev)
		return -ENOMEM;

	dev->ops = ops;
	dev->hub = hub;

	mutex_lock(&hub->lock);
	ret = ops->create(dev, type);
	if (ret < 0) {
		mutex_unlock(&hub->lock);
		kfree(dev);
		return ret;
	}
	list_add_rcu(&dev->hub_node, &hub->devices);
	mutex_unlock(&hub->lock);

	hub_get(hub);
	ret = anon_inode_getfd(ops->name, &hub_device_fops, dev, O_CLOEXEC);
	if (ret < 0) {
		hub_put(hub);
		mutex_lock(&hub->lock);
		/* The list was published above: wait for walkers of dev. */
		list_del_rcu(&dev->hub_node);
		synchronize_rcu();
		if (ops->release)
			ops->release(dev);
		mutex_unlock(&hub->lock);
		if (!ops->release)
			ops->destroy(dev);
	}
	return ret;
}

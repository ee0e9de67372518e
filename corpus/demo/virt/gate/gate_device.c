// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 003: devices join the list with RCU. When the file of a device is closed
 * the device leaves the list without, while gate_irq.c may be walking it.
 */
#include <linux/anon_inodes.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "gate_internal.h"

static int gate_device_release(struct inode *inode, struct file *filp)
{
	struct gate_device *dev = filp->private_data;
	struct gate *gate = dev->gate;

	mutex_lock(&gate->lock);
	list_del(&dev->gate_node); // want rcu-list-plain-delete "plain list_del\(\).*struct gate_device\.gate_node" fixed rcu-list-plain-delete "list_del_rcu(&dev->gate_node);"
	mutex_unlock(&gate->lock);

	kfree_rcu(dev, rcu);
	gate_put(gate);
	return 0;
}

static const struct file_operations gate_device_fops = {
	.owner = THIS_MODULE,
	.release = gate_device_release,
};

int gate_device_create(struct gate *gate, const struct gate_device_ops *ops)
{
	struct gate_device *dev;
	int fd;

	dev = kzalloc(sizeof(*dev), GFP_KERNEL_ACCOUNT);
	if (!dev)
		return -ENOMEM;

	gate_get(gate);
	dev->gate = gate;
	dev->ops = ops;

	mutex_lock(&gate->lock);
	list_add_rcu(&dev->gate_node, &gate->devices);
	mutex_unlock(&gate->lock);

	fd = anon_inode_getfd(ops->name, &gate_device_fops, dev, O_CLOEXEC);
	if (fd < 0) {
		mutex_lock(&gate->lock);
		list_del_rcu(&dev->gate_node);
		mutex_unlock(&gate->lock);
		kfree_rcu(dev, rcu);
		gate_put(gate);
	}
	return fd;
}

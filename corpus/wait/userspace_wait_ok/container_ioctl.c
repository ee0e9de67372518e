// SPDX-License-Identifier: Apache-2.0
/* Thread 004: the ioctl wakes, and so does the release, which is final. */
#include <linux/errno.h>
#include <linux/ioctl.h>
#include <linux/module.h>
#include <linux/uaccess.h>

#include "container.h"

struct container_vaddr {
	__u64 iova;
	__u64 vaddr;
};

#define CONTAINER_UNMAP_VADDR	_IOW('C', 1, struct container_vaddr)
#define CONTAINER_MAP_VADDR	_IOW('C', 2, struct container_vaddr)

static long container_unmap_vaddr(struct container *container, u64 iova)
{
	struct mapping *m;
	long ret = -ENOENT;

	mutex_lock(&container->lock);
	m = container_find(container, iova);
	if (m && !m->vaddr_invalid) {
		m->vaddr_invalid = true;
		container->invalid_count++;
		ret = 0;
	}
	mutex_unlock(&container->lock);

	return ret;
}

static long container_map_vaddr(struct container *container, u64 iova, u64 vaddr)
{
	struct mapping *m;
	long ret = -ENOENT;

	mutex_lock(&container->lock);
	m = container_find(container, iova);
	if (m && m->vaddr_invalid) {
		m->vaddr = vaddr;
		m->vaddr_invalid = false;
		container->invalid_count--;
		wake_up_all(&container->vaddr_wait);
		ret = 0;
	}
	mutex_unlock(&container->lock);

	return ret;
}

static long container_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct container *container = file->private_data;
	struct container_vaddr req;

	if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
		return -EFAULT;

	switch (cmd) {
	case CONTAINER_UNMAP_VADDR:
		return container_unmap_vaddr(container, req.iova);
	case CONTAINER_MAP_VADDR:
		return container_map_vaddr(container, req.iova, req.vaddr);
	default:
		return -ENOTTY;
	}
}

static int container_release(struct inode *inode, struct file *file)
{
	struct container *container = file->private_data;

	mutex_lock(&container->lock);
	container->closed = true;
	wake_up_all(&container->vaddr_wait);
	mutex_unlock(&container->lock);
	return 0;
}

const struct file_operations container_fops;
const struct file_operations container_fops = {
	.owner = THIS_MODULE,
	.release = container_release,
	.unlocked_ioctl = container_ioctl,
};

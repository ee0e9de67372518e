// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 004: the condition is the device's and it is sticky. It is set before
 * anyone is woken, under the lock under which every later waiter tests it.
 */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/wait.h>

struct mdev {
	int id;
	bool closing;
	void (*close_device)(struct mdev *mdev);
};

struct waiter {
	struct list_head node;
	struct task_struct *task;
	struct mdev *mdev;
};

struct container {
	struct mutex lock;
	struct list_head waiters;
	unsigned int invalid_count;
};

int container_wait(struct container *container, struct mdev *mdev);
void container_revalidate(struct container *container);
void container_close_device(struct container *container, struct mdev *mdev);

int container_wait(struct container *container, struct mdev *mdev)
{
	struct waiter waiter = {
		.task = current,
		.mdev = mdev,
	};
	int ret = 0;

	mutex_lock(&container->lock);
	list_add_tail(&waiter.node, &container->waiters);
	while (container->invalid_count) {
		if (mdev->closing) {
			ret = -ENODEV;
			break;
		}
		set_current_state(TASK_UNINTERRUPTIBLE);
		mutex_unlock(&container->lock);
		schedule();
		mutex_lock(&container->lock);
	}
	list_del(&waiter.node);
	mutex_unlock(&container->lock);

	return ret;
}

/* From the ioctl that gives the last address back. */
void container_revalidate(struct container *container)
{
	struct waiter *waiter;

	mutex_lock(&container->lock);
	container->invalid_count--;
	list_for_each_entry(waiter, &container->waiters, node)
		wake_up_process(waiter->task);
	mutex_unlock(&container->lock);
}

void container_close_device(struct container *container, struct mdev *mdev)
{
	struct waiter *waiter;

	mutex_lock(&container->lock);
	mdev->closing = true;
	list_for_each_entry(waiter, &container->waiters, node) {
		if (waiter->mdev == mdev)
			wake_up_process(waiter->task);
	}
	mutex_unlock(&container->lock);

	mdev->close_device(mdev);
}

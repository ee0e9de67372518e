// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 004: "you can't do a one shot wakeup of only existing waiters". Close
 * marks and wakes those who wait now; the driver may pin until its close_device
 * returns, and the next pin waits again with nobody left to wake it.
 */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/wait.h>

struct mdev {
	int id;
	void (*close_device)(struct mdev *mdev);
};

struct waiter {
	struct list_head node;
	struct task_struct *task;
	struct mdev *mdev;
	bool close_flag;
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
		if (waiter.close_flag) {
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
	list_for_each_entry(waiter, &container->waiters, node) {
		if (waiter->mdev != mdev)
			continue;
		waiter->close_flag = true;
		wake_up_process(waiter->task); // want wait-one-shot-wake "only those who wait now.*struct container.invalid_count"
	}
	mutex_unlock(&container->lock);

	mdev->close_device(mdev);
}

// SPDX-License-Identifier: Apache-2.0
/* Thread 004: a mediated device pins pages from a kernel thread. */
#include <linux/err.h>
#include <linux/kthread.h>

#include "container.h"

struct mdev {
	struct container *container;
	struct task_struct *worker;
	u64 next_iova;
};

int mdev_start(struct mdev *mdev);
void mdev_stop(struct mdev *mdev);

static int mdev_worker(void *data)
{
	struct mdev *mdev = data;
	unsigned long vaddr;

	while (!kthread_should_stop()) {
		if (container_pin(mdev->container, mdev->next_iova, &vaddr))
			break;
		mdev->next_iova += 4096;
	}
	return 0;
}

int mdev_start(struct mdev *mdev)
{
	mdev->worker = kthread_run(mdev_worker, mdev, "mdev");
	return PTR_ERR_OR_ZERO(mdev->worker);
}

void mdev_stop(struct mdev *mdev)
{
	kthread_stop(mdev->worker);
}

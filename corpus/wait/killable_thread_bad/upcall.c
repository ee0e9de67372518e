// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 004: killable is no help for a worker, which nobody kills: it stands still until a
 * daemon answers.
 */
#include <linux/fs.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct upcall {
	struct work_struct work;
	wait_queue_head_t wait;
	bool answer;
};

void upcall_init(struct upcall *upcall);

static int upcall_wait(struct upcall *upcall)
{
	return wait_event_killable(upcall->wait, upcall->answer); // latent wait-for-userspace "latent only: whether that thread comes here"
}

static void upcall_work(struct work_struct *work)
{
	struct upcall *upcall = container_of(work, struct upcall, work);

	upcall_wait(upcall);
}

void upcall_init(struct upcall *upcall)
{
	init_waitqueue_head(&upcall->wait);
	INIT_WORK(&upcall->work, upcall_work);
}

static ssize_t upcall_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct upcall *upcall = file->private_data;

	upcall->answer = true;
	wake_up(&upcall->wait);
	return count;
}

const struct file_operations upcall_fops;
const struct file_operations upcall_fops = {
	.write = upcall_write,
};

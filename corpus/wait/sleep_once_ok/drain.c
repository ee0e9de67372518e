// SPDX-License-Identifier: Apache-2.0
/* Classic: one sleep in a function is enough where its callers, or its own end, look again. */
#include <linux/fs.h>
#include <linux/sched.h>
#include <linux/wait.h>

struct drain {
	wait_queue_head_t wait;
	unsigned int inside;
};

static void drain_sleep(struct drain *drain)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&drain->wait, &wait, TASK_UNINTERRUPTIBLE);
	if (READ_ONCE(drain->inside))
		schedule(); // excused wait-unchecked-condition "caller-loops"
	finish_wait(&drain->wait, &wait);
}

static long drain_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct drain *drain = file->private_data;

	while (READ_ONCE(drain->inside))
		drain_sleep(drain);
	return 0;
}

static ssize_t drain_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct drain *drain = file->private_data;
	DEFINE_WAIT(wait);

	prepare_to_wait(&drain->wait, &wait, TASK_INTERRUPTIBLE);
	if (READ_ONCE(drain->inside))
		schedule(); // excused wait-unchecked-condition "tested-after"
	finish_wait(&drain->wait, &wait);
	return READ_ONCE(drain->inside) ? -EAGAIN : 0;
}

const struct file_operations drain_fops;
const struct file_operations drain_fops = {
	.read = drain_read,
	.unlocked_ioctl = drain_ioctl,
};

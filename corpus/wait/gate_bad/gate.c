// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: complete() lets one of several waiters go, and a wait that is over
 * after the first wake-up whatever woke it.
 */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/wait.h>

struct gate {
	struct completion opened;
	wait_queue_head_t drained;
	unsigned int inside;
};

void gate_leave(struct gate *gate);

static void gate_init(struct gate *gate)
{
	init_completion(&gate->opened);
	init_waitqueue_head(&gate->drained);
}

/* Any number of threads. */
static void gate_enter(struct gate *gate)
{
	wait_for_completion(&gate->opened);
}

void gate_leave(struct gate *gate)
{
	WRITE_ONCE(gate->inside, 0);
	wake_up(&gate->drained);
}

/* Called once, when the gate is set up for good. */
static void gate_open(struct gate *gate)
{
	complete(&gate->opened); // want wait-one-shot-wake "complete\(\) lets one go.*struct gate.opened"
}

static void gate_drain(struct gate *gate)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(&gate->drained, &wait, TASK_UNINTERRUPTIBLE);
	if (READ_ONCE(gate->inside))
		schedule(); // want wait-unchecked-condition "schedule\(\) returns on any wake-up"
	finish_wait(&gate->drained, &wait);
}

static ssize_t gate_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	gate_enter(file->private_data);
	return 0;
}

static ssize_t gate_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	gate_drain(file->private_data);
	return count;
}

const struct file_operations gate_fops;
const struct file_operations gate_fops = {
	.owner = THIS_MODULE,
	.read = gate_read,
	.write = gate_write,
};

static int gate_probe(struct platform_device *pdev)
{
	struct gate *gate = platform_get_drvdata(pdev);

	gate_init(gate);
	gate_open(gate);
	return 0;
}

static struct platform_driver gate_driver = {
	.probe = gate_probe,
};
module_platform_driver(gate_driver);

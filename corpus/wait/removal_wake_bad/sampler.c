// SPDX-License-Identifier: Apache-2.0
/* Classic: a removal wakes the readers, which find that nothing has come, and sleep again. */
#include <linux/fs.h>
#include <linux/platform_device.h>
#include <linux/wait.h>

struct sampler {
	wait_queue_head_t wait;
	unsigned int ready;
	bool gone;
};

static ssize_t sampler_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct sampler *sampler = file->private_data;

	if (wait_event_interruptible(sampler->wait, READ_ONCE(sampler->ready)) || sampler->gone)
		return -ERESTARTSYS;
	return count;
}

static long sampler_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct sampler *sampler = file->private_data;

	WRITE_ONCE(sampler->ready, 1);
	wake_up_interruptible(&sampler->wait);
	return 0;
}

const struct file_operations sampler_fops;
const struct file_operations sampler_fops = {
	.read = sampler_read,
	.unlocked_ioctl = sampler_ioctl,
};

static void sampler_remove(struct platform_device *pdev)
{
	struct sampler *sampler = platform_get_drvdata(pdev);

	sampler->gone = true;
	wake_up_interruptible(&sampler->wait); // latent wait-one-shot-wake "latent only: nothing of that is seen to be written"
}

static struct platform_driver sampler_driver = {
	.remove = sampler_remove,
};
module_platform_driver(sampler_driver);

// SPDX-License-Identifier: Apache-2.0
/* Thread 003: one implementation of the device ops; its release frees. */
#include <linux/rculist.h>
#include <linux/slab.h>

#include "hub.h"

struct hub_timer {
	u32 line;
};

static int hub_timer_create(struct hub_device *dev, u32 type)
{
	struct hub_timer *timer;

	timer = kzalloc(sizeof(*timer), GFP_KERNEL_ACCOUNT);
	if (!timer)
		return -ENOMEM;

	timer->line = type;
	dev->private = timer;
	return 0;
}

static void hub_timer_free(struct hub_device *dev)
{
	kfree(dev->private);
	kfree(dev);
}

static bool hub_timer_claims(struct hub_device *dev, u32 line)
{
	struct hub_timer *timer = dev->private;

	return timer->line == line;
}

const struct hub_device_ops hub_timer_ops = {
	.name = "hub-timer",
	.create = hub_timer_create,
	.destroy = hub_timer_free,
	.release = hub_timer_free,
	.claims = hub_timer_claims,
};

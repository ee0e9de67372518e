// SPDX-License-Identifier: Apache-2.0
/* Thread 001: a driver that has no use for guests yet. */
#include <linux/errno.h>
#include <linux/timekeeping.h>

#include "guest.h"
#include "pass.h"

u64 pass_timer_read(struct pass_device *device);
void pass_timer_probe(struct pass_device *device, struct pass_group *group);

static int pass_timer_open(struct pass_device *device)
{
	return 0;
}

static void pass_timer_close(struct pass_device *device)
{
}

static const struct pass_device_ops pass_timer_ops = {
	.open_device = pass_timer_open,
	.close_device = pass_timer_close,
};

u64 pass_timer_read(struct pass_device *device)
{
	return ktime_get_ns();
}

void pass_timer_probe(struct pass_device *device, struct pass_group *group)
{
	mutex_init(&device->set_lock);
	device->ops = &pass_timer_ops;
	device->owner = THIS_MODULE;
	device->group = group;
}

// SPDX-License-Identifier: Apache-2.0
/* Thread 001: a driver with the optional operations; it may link to the guest. */
#include <linux/errno.h>

#include "guest.h"
#include "pass.h"

void pass_timer_probe(struct pass_device *device, struct pass_group *group);

static struct pass_timer {
	struct guest *guest;
} pass_timer;

static int pass_timer_get_guest(struct guest *guest)
{
	if (!guest_get_safe(guest))
		return -ENOENT;
	pass_timer.guest = guest; // excused pin-missing-reference "reference-taken"
	return 0;
}

static void pass_timer_put_guest(void)
{
	guest_put(pass_timer.guest);
	pass_timer.guest = NULL;
}

static const struct pass_guest_ops pass_timer_guest_ops = {
	.get_guest = pass_timer_get_guest,
	.put_guest = pass_timer_put_guest,
};

static int pass_timer_open(struct pass_device *device)
{
	return pass_timer.guest ? 0 : -ENOENT;
}

static const struct pass_device_ops pass_timer_ops = {
	.open_device = pass_timer_open,
};

void pass_timer_probe(struct pass_device *device, struct pass_group *group)
{
	mutex_init(&device->set_lock);
	device->ops = &pass_timer_ops;
	device->guest_ops = &pass_timer_guest_ops;
	device->owner = THIS_MODULE;
	device->group = group;
}

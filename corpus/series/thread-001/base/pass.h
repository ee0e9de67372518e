// SPDX-License-Identifier: Apache-2.0
/* Thread 001: groups know the guest, devices copy it from their group. */
#ifndef PASS_H
#define PASS_H

#include <linux/module.h>
#include <linux/mutex.h>

struct guest;
struct pass_device;

struct pass_group {
	struct mutex lock;
	struct guest *guest;
};

struct pass_device_ops {
	int (*open_device)(struct pass_device *device);
	void (*close_device)(struct pass_device *device);
};

struct pass_device {
	const struct pass_device_ops *ops;
	struct module *owner;
	struct pass_group *group;
	struct mutex set_lock;
	unsigned int open_count;
};

void pass_group_set_guest(struct pass_group *group, struct guest *guest);
int pass_device_open(struct pass_device *device);
void pass_device_close(struct pass_device *device);

#endif

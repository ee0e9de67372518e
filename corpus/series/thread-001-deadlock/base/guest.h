// SPDX-License-Identifier: Apache-2.0
/* Thread 001: a guest owns devices; one of them stands for the pass-through. */
#ifndef GUEST_H
#define GUEST_H

#include <linux/list.h>
#include <linux/refcount.h>

struct guest;
struct guest_device;
struct file;

struct guest_device_ops {
	void (*destroy)(struct guest_device *dev);
};

struct guest_device {
	const struct guest_device_ops *ops;
	struct list_head node;
	struct file *group_file;
};

struct guest {
	refcount_t users;
	struct list_head devices;
};

bool guest_get_safe(struct guest *guest);
void guest_put(struct guest *guest);
int guest_add_pass_device(struct guest *guest, struct file *group_file);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Thread 001: group_lock guards the guest of a group, and is held during close. */
#ifndef PASS_H
#define PASS_H

#include <linux/fs.h>
#include <linux/mutex.h>

struct guest;

struct pass_group {
	struct mutex group_lock;
	struct guest *guest;
};

struct pass_device {
	struct pass_group *group;
	unsigned int open_count;
};

void pass_file_set_guest(struct file *file, struct guest *guest);
void pass_device_open(struct pass_device *device);
void pass_device_close(struct pass_device *device);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Threads 000 and 001: the device that keeps a guest while it is open. */
#ifndef PASS_H
#define PASS_H

#include <linux/mutex.h>

struct guest;

struct pass_device {
	struct mutex lock;
	unsigned int open_count;
	struct guest *guest;
	void (*put_guest)(struct guest *guest);
};

void pass_device_get_guest(struct pass_device *device, struct guest *guest);
void pass_device_put_guest(struct pass_device *device);
void pass_device_open(struct pass_device *device, struct guest *guest);
void pass_device_close(struct pass_device *device);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef RELAY_INTERNAL_H
#define RELAY_INTERNAL_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/relay_file.h>
#include <linux/spinlock.h>

struct relay_group {
	struct mutex lock;
	int id;
	bool claimed;
	struct gate *gate;
	const struct gate_helpers *gate_helpers;
};

struct relay_device {
	struct relay_group *group;
	unsigned int open_count;
	struct gate *gate;
	spinlock_t ports_lock;
	struct list_head ports;
};

void relay_device_open(struct relay_device *device);
void relay_device_close(struct relay_device *device);
u32 relay_device_gate_id(struct relay_device *device);

int relay_port_add(struct relay_device *device, u32 number);
bool relay_port_exists(struct relay_device *device, u32 number);
void relay_port_remove(struct relay_device *device, u32 number);

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 001: the pinky-swear. The group has a reference to the gate, the device
 * copies the pointer and goes on using it when the group's is long gone.
 */
#include <linux/gate.h>

#include "relay_internal.h"

void relay_device_open(struct relay_device *device)
{
	mutex_lock(&device->group->lock);
	if (device->open_count++ == 0)
		device->gate = device->group->gate; // want pin-missing-reference "struct relay_device\.gate.*struct gate"
	mutex_unlock(&device->group->lock);
}

u32 relay_device_gate_id(struct relay_device *device)
{
	return device->gate ? device->gate->id : 0;
}

void relay_device_close(struct relay_device *device)
{
	mutex_lock(&device->group->lock);
	if (--device->open_count == 0)
		device->gate = NULL;
	mutex_unlock(&device->group->lock);
}

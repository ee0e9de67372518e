// SPDX-License-Identifier: Apache-2.0
/* Threads 000 and 001: first open takes the guest, last close gives it back. */
#include "pass.h"

void pass_device_open(struct pass_device *device, struct guest *guest)
{
	mutex_lock(&device->lock);
	if (device->open_count++ == 0)
		pass_device_get_guest(device, guest);
	mutex_unlock(&device->lock);
}

void pass_device_close(struct pass_device *device)
{
	mutex_lock(&device->lock);
	if (--device->open_count == 0)
		pass_device_put_guest(device);
	mutex_unlock(&device->lock);
}

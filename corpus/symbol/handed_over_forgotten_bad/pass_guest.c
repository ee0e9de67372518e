// SPDX-License-Identifier: Apache-2.0
/*
 * Threads 000 and 001: on the path on which the guest is gone the pin for the put
 * is forgotten. The teardown's put is no excuse: it looks at the pointer, which
 * that path does not set.
 */
#include <linux/lockdep.h>
#include <linux/module.h>

#include "guest.h"
#include "pass.h"

void pass_device_get_guest(struct pass_device *device, struct guest *guest)
{
	void (*put)(struct guest *guest);
	bool (*get)(struct guest *guest);
	bool alive;

	lockdep_assert_held(&device->lock);

	if (!guest)
		return;

	put = symbol_get(guest_put); // want symbol-get-leak "module reference from symbol_get\(guest_put\) leaks when alive == 0"
	if (WARN_ON(!put))
		return;

	get = symbol_get(guest_get_safe);
	if (WARN_ON(!get)) {
		symbol_put(guest_put);
		return;
	}

	alive = get(guest);
	symbol_put(guest_get_safe);
	if (!alive)
		return;

	device->put_guest = put;
	device->guest = guest;
}

void pass_device_put_guest(struct pass_device *device)
{
	lockdep_assert_held(&device->lock);

	if (!device->guest)
		return;

	if (WARN_ON(!device->put_guest))
		goto clear;

	device->put_guest(device->guest);
	device->put_guest = NULL;
	symbol_put(guest_put);
clear:
	device->guest = NULL;
}

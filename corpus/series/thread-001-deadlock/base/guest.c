// SPDX-License-Identifier: Apache-2.0
/* Thread 001: the last put destroys the devices, through their ops table. */
#include <linux/export.h>
#include <linux/slab.h>

#include "guest.h"

bool guest_get_safe(struct guest *guest)
{
	return refcount_inc_not_zero(&guest->users);
}
EXPORT_SYMBOL_GPL(guest_get_safe);

static void guest_destroy(struct guest *guest)
{
	struct guest_device *dev, *tmp;

	list_for_each_entry_safe(dev, tmp, &guest->devices, node) {
		list_del(&dev->node);
		dev->ops->destroy(dev);
	}
	kfree(guest);
}

void guest_put(struct guest *guest)
{
	if (refcount_dec_and_test(&guest->users))
		guest_destroy(guest);
}
EXPORT_SYMBOL_GPL(guest_put);

// SPDX-License-Identifier: Apache-2.0
/* Thread 000: life and death of a guest. */
#include <linux/export.h>
#include <linux/slab.h>

#include "../include/guest.h"

struct guest *guest_create(void)
{
	struct guest *guest = kzalloc(sizeof(*guest), GFP_KERNEL_ACCOUNT);

	if (guest)
		refcount_set(&guest->users, 1);
	return guest;
}

bool guest_get_safe(struct guest *guest)
{
	return refcount_inc_not_zero(&guest->users);
}
EXPORT_SYMBOL_GPL(guest_get_safe);

static void guest_destroy(struct guest *guest)
{
	guest_clear_group(guest);
	kfree(guest);
}

void guest_put(struct guest *guest)
{
	if (refcount_dec_and_test(&guest->users))
		guest_destroy(guest);
}
EXPORT_SYMBOL_GPL(guest_put);

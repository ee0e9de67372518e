// SPDX-License-Identifier: Apache-2.0
/* Thread 001: only the safe get is exported; the count may have reached zero. */
#include <linux/export.h>
#include <linux/slab.h>

#include "guest.h"

struct guest *guest_create(u64 clock_offset)
{
	struct guest *guest = kzalloc(sizeof(*guest), GFP_KERNEL_ACCOUNT);

	if (!guest)
		return NULL;
	refcount_set(&guest->users, 1);
	guest->clock_offset = clock_offset;
	return guest;
}

bool guest_get_safe(struct guest *guest)
{
	return refcount_inc_not_zero(&guest->users);
}
EXPORT_SYMBOL_GPL(guest_get_safe);

void guest_put(struct guest *guest)
{
	if (refcount_dec_and_test(&guest->users))
		kfree(guest);
}
EXPORT_SYMBOL_GPL(guest_put);

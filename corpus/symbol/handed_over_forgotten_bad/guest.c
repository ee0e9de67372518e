// SPDX-License-Identifier: Apache-2.0
/* Threads 000 and 001: the safe get fails once the count has reached zero. */
#include <linux/export.h>
#include <linux/slab.h>

#include "guest.h"

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

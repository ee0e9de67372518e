// SPDX-License-Identifier: Apache-2.0
/* Thread 001: the counted object. */
#ifndef GUEST_H
#define GUEST_H

#include <linux/refcount.h>
#include <linux/types.h>

struct guest {
	refcount_t users;
	u64 clock_offset;
};

struct guest *guest_create(u64 clock_offset);
bool guest_get_safe(struct guest *guest);
void guest_put(struct guest *guest);

#endif

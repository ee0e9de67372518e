// SPDX-License-Identifier: Apache-2.0
/* Threads 000 and 001: a counted guest, used by a module that cannot link to it. */
#ifndef GUEST_H
#define GUEST_H

#include <linux/refcount.h>
#include <linux/types.h>

struct guest {
	refcount_t users;
	u32 id;
};

bool guest_get_safe(struct guest *guest);
void guest_put(struct guest *guest);

#endif

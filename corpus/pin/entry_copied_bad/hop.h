// SPDX-License-Identifier: Apache-2.0
/* Classic: something counted. */
#ifndef HOP_H
#define HOP_H

#include <linux/refcount.h>

struct hop {
	refcount_t refs;
	int id;
};

void hop_get(struct hop *hop);
void hop_put(struct hop *hop);

#endif

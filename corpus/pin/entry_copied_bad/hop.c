// SPDX-License-Identifier: Apache-2.0
/* Classic: something counted. */
#include <linux/slab.h>

#include "hop.h"

void hop_get(struct hop *hop)
{
	refcount_inc(&hop->refs);
}

void hop_put(struct hop *hop)
{
	if (refcount_dec_and_test(&hop->refs))
		kfree(hop);
}

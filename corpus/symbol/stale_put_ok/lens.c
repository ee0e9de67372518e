// SPDX-License-Identifier: Apache-2.0
/* Classic: the provider module, which symbol_get(lens_...) pins. */
#include <linux/errno.h>
#include <linux/export.h>

#include "lens.h"

int lens_focus(struct lens *lens, int position)
{
	if (position < 0)
		return -EINVAL;
	lens->position = position;
	return 0;
}
EXPORT_SYMBOL_GPL(lens_focus);

bool lens_ready(struct lens *lens)
{
	return lens->ready;
}
EXPORT_SYMBOL_GPL(lens_ready);

void lens_reset(struct lens *lens)
{
	lens->position = 0;
	lens->ready = true;
}
EXPORT_SYMBOL_GPL(lens_reset);

// SPDX-License-Identifier: Apache-2.0
/* Classic: a second provider module. */
#include <linux/errno.h>
#include <linux/export.h>

#include "lens.h"

int flash_fire(int level)
{
	return level > 0 ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(flash_fire);

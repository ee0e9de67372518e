// SPDX-License-Identifier: Apache-2.0
/* Classic: the provider. */
#include <linux/export.h>
#include <linux/ktime.h>

#include "clock.h"

u64 clock_ticks(void)
{
	return ktime_get_ns();
}
EXPORT_SYMBOL_GPL(clock_ticks);

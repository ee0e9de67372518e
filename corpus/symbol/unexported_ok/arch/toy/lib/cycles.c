// SPDX-License-Identifier: Apache-2.0
/* Classic: an architecture folder exports as well. */
#include <linux/export.h>

#include "scope.h"

int arch_cycle_counter(void)
{
	return 42;
}
EXPORT_SYMBOL_GPL(arch_cycle_counter);

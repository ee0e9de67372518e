// SPDX-License-Identifier: Apache-2.0
/* Classic: an export for all, and one in a namespace. */
#include <linux/export.h>

#include "scope.h"

int scope_trigger(int level)
{
	return level > 3;
}
EXPORT_SYMBOL_GPL(scope_trigger);

int scope_sample(void)
{
	return 7;
}
EXPORT_SYMBOL_GPL(scope_sample);

int scope_calibrate(void)
{
	return 0;
}
EXPORT_SYMBOL_NS_GPL(scope_calibrate, SCOPE_INTERNAL);

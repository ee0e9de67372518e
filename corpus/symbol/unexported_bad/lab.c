// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the name is right, but symbol_get() finds exports, not functions; and
 * this module does not import SCOPE_INTERNAL.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "scope.h"

int lab_trigger(void);
int lab_sample(void);
int lab_calibrate(void);

int lab_trigger(void)
{
	int (*fn)(int level);
	int ret;

	fn = symbol_get(scope_trigger); // want symbol-get-unexported "symbol_get\(scope_trigger\).*nobody exports"
	if (!fn)
		return -ENODEV;
	ret = fn(5);
	symbol_put(scope_trigger);
	return ret;
}

int lab_sample(void)
{
	int (*fn)(void);
	int ret;

	fn = symbol_get(scope_sample);
	if (!fn)
		return -ENODEV;
	ret = fn();
	symbol_put(scope_sample);
	return ret;
}

int lab_calibrate(void)
{
	int (*fn)(void);
	int ret;

	fn = symbol_get(scope_calibrate); // want symbol-get-unexported "symbol_get\(scope_calibrate\).*SCOPE_INTERNAL"
	if (!fn)
		return -ENODEV;
	ret = fn();
	symbol_put(scope_calibrate);
	return ret;
}

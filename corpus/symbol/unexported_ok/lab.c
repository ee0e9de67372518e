// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: exported by another module, by the architecture, in a namespace that
 * is imported here; and a name that is known at run time only.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "scope.h"

int lab_trigger(void);
int lab_cycles(void);
int lab_calibrate(void);
int lab_call(const char *name);

int lab_trigger(void)
{
	int (*fn)(int level);
	int ret;

	fn = symbol_get(scope_trigger);
	if (!fn)
		return -ENODEV;
	ret = fn(5);
	symbol_put(scope_trigger);
	return ret;
}

int lab_cycles(void)
{
	int (*fn)(void);
	int ret;

	fn = symbol_get(arch_cycle_counter);
	if (!fn)
		return -ENODEV;
	ret = fn();
	symbol_put(arch_cycle_counter);
	return ret;
}

int lab_calibrate(void)
{
	int (*fn)(void);
	int ret;

	fn = symbol_get(scope_calibrate);
	if (!fn)
		return -ENODEV;
	ret = fn();
	symbol_put(scope_calibrate);
	return ret;
}

/* Nothing can be said about the symbol; the NULL check and the put are there. */
int lab_call(const char *name)
{
	int (*fn)(void);
	int ret;

	fn = __symbol_get(name);
	if (!fn)
		return -ENODEV;
	ret = fn();
	__symbol_put(name);
	return ret;
}

MODULE_IMPORT_NS(SCOPE_INTERNAL);

// SPDX-License-Identifier: Apache-2.0
/* Gives back what another driver holds, under the name that it meant to. */
#include <linux/errno.h>
#include <linux/module.h>

int lens_focus(int position);
int lens_reset(int position);

int shop_reset(void)
{
	int (*fn)(int position);
	int ret;

	fn = symbol_get(lens_reset); // want symbol-get-leak "symbol_get\(lens_reset\)"
	if (!fn)
		return -ENODEV;
	ret = fn(0);
	symbol_put(lens_focus); // want symbol-put-unheld "symbol_put\(lens_focus\) without a module reference" fixed symbol-put-unheld "symbol_put(lens_reset);"
	return ret;
}

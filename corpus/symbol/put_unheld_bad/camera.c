// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: puts of what is not held. Each takes a reference of somebody else
 * away from the provider, which may then be unloaded under that user.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "lens.h"

int camera_failed_get(struct lens *lens);
int camera_twice(struct lens *lens, int position);
int camera_other_name(struct lens *lens);
int camera_ladder(struct lens *lens);

int camera_failed_get(struct lens *lens)
{
	int (*fn)(struct lens *lens, int position);
	int ret = -ENODEV;

	fn = symbol_get(lens_focus);
	if (!fn)
		goto out;
	ret = fn(lens, 3);
out:
	symbol_put(lens_focus); // want symbol-put-unheld "symbol_put\(lens_focus\) without a module reference"
	return ret;
}

int camera_twice(struct lens *lens, int position)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (!fn)
		return -ENODEV;

	ret = fn(lens, position);
	if (ret)
		symbol_put(lens_focus);

	symbol_put(lens_focus); // want symbol-put-unheld "symbol_put\(lens_focus\) without a module reference"
	return ret;
}

/* Takes a pin of the lens, drops one of the flash: another module. */
int camera_other_name(struct lens *lens)
{
	void (*fn)(struct lens *lens);

	fn = symbol_get(lens_reset); // want symbol-get-leak "symbol_get\(lens_reset\)"
	if (!fn)
		return -ENODEV;
	fn(lens);
	symbol_put(flash_fire); // want symbol-put-unheld "symbol_put\(flash_fire\) without a module reference" fixed symbol-put-unheld "symbol_put(lens_reset);"
	return 0;
}

/* The first failure jumps one label too low. */
int camera_ladder(struct lens *lens)
{
	void (*reset)(struct lens *lens);
	int (*fire)(int level);
	int ret = -ENODEV;

	reset = symbol_get(lens_reset);
	if (!reset)
		return ret;

	fire = symbol_get(flash_fire);
	if (!fire)
		goto put_fire;

	reset(lens);
	ret = fire(1);

put_fire:
	symbol_put(flash_fire); // want symbol-put-unheld "symbol_put\(flash_fire\) without a module reference"
	symbol_put(lens_reset);
	return ret;
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the paths on which a pin stays behind and the provider never unloads. */
#include <linux/errno.h>
#include <linux/module.h>

#include "lens.h"

int camera_early_return(struct lens *lens, int position);
int camera_second_fails(struct lens *lens);
int camera_loop(struct lens *lenses, int count);
int camera_never(struct lens *lens);
int camera_twice(struct lens *lens, bool again);

int camera_early_return(struct lens *lens, int position)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus); // want symbol-get-leak "module reference from symbol_get\(lens_focus\) leaks when ret != 0$"
	if (!fn)
		return -ENODEV;

	ret = fn(lens, position);
	if (ret)
		return ret;

	symbol_put(lens_focus);
	return 0;
}

/* The error path of the second get forgets the first. */
int camera_second_fails(struct lens *lens)
{
	void (*reset)(struct lens *lens);
	int (*fire)(int level);
	int ret;

	reset = symbol_get(lens_reset); // want symbol-get-leak "symbol_get\(lens_reset\)"
	if (!reset)
		return -ENODEV;

	fire = symbol_get(flash_fire);
	if (!fire)
		return -ENODEV;

	reset(lens);
	ret = fire(1);

	symbol_put(flash_fire);
	symbol_put(lens_reset);
	return ret;
}

/* A turn that goes on early keeps its pin. */
int camera_loop(struct lens *lenses, int count)
{
	bool (*fn)(struct lens *lens);
	int i, ready = 0;

	for (i = 0; i < count; i++) {
		fn = symbol_get(lens_ready); // want symbol-get-leak "leaks when fn\(\) == 0"
		if (!fn)
			return -ENODEV;
		if (!fn(&lenses[i]))
			continue;
		ready++;
		symbol_put(lens_ready);
	}
	return ready;
}

int camera_never(struct lens *lens)
{
	void (*fn)(struct lens *lens);

	fn = symbol_get(lens_reset); // want symbol-get-leak "symbol_get\(lens_reset\)"
	if (!fn)
		return -ENODEV;
	fn(lens);
	return 0;
}

/* The first pin is dropped, the second is not. */
int camera_twice(struct lens *lens, bool again)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (!fn)
		return -ENODEV;
	ret = fn(lens, 1);
	symbol_put(lens_focus);

	if (again) {
		fn = symbol_get(lens_focus); // want symbol-get-leak "symbol_get\(lens_focus\)"
		if (!fn)
			return -ENODEV;
		ret = fn(lens, 2);
	}
	return ret;
}

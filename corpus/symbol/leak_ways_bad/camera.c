// SPDX-License-Identifier: Apache-2.0
/* Classic: the message says on which condition the module reference leaks. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/module.h>

#include "lens.h"

struct camera {
	struct lens *lens;
	void (*slots[2])(struct lens *lens);
};

int camera_two_ways(struct lens *lens, int position);
int camera_flag(struct lens *lens, bool quick);
int camera_shadowed(struct lens *lens, int count);
int camera_by_value(struct lens *lens, void (*reset)(struct lens *lens));
int camera_freed(struct camera *cam);

/* Both error paths are told, and the first is in the message. */
int camera_two_ways(struct lens *lens, int position)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus); // want symbol-get-leak "leaks when position > 9, and on another path$"
	if (!fn)
		return -ENODEV;
	if (position > 9)
		return -EINVAL;
	ret = fn(lens, position);
	if (ret < 0)
		return ret;
	symbol_put(lens_focus);
	return 0;
}

/* What was known before the get is no reason by itself: the later test decides. */
int camera_flag(struct lens *lens, bool quick)
{
	void (*fn)(struct lens *lens);

	if (quick)
		lens->position = 0;
	fn = symbol_get(lens_reset); // want symbol-get-leak "leaks when quick != 0$"
	if (!fn)
		return -ENODEV;
	fn(lens);
	if (quick)
		return 0;
	symbol_put(lens_reset);
	return 0;
}

/* Variables of one name are told apart inside, and not in the message. */
int camera_shadowed(struct lens *lens, int count)
{
	int ret = 0;

	if (count) {
		bool (*fn)(struct lens *lens) = symbol_get(lens_ready);
		bool ret;

		if (!fn)
			return -ENODEV;
		ret = fn(lens);
		symbol_put(lens_ready);
		if (ret)
			return 0;
	} else {
		int (*fn)(struct lens *lens, int position) = symbol_get(lens_focus); // want symbol-get-leak "leaks when ret < 0$"
		int ret;

		if (!fn)
			return -ENODEV;
		ret = fn(lens, 0);
		if (ret < 0)
			return ret;
		symbol_put(lens_focus);
	}
	return ret;
}

/* The caller never sees the pointer: nobody can drop what it stands for. */
int camera_by_value(struct lens *lens, void (*reset)(struct lens *lens))
{
	reset = symbol_get(lens_reset); // want symbol-get-leak "leaks: no path drops it"
	if (!reset)
		return -ENODEV;
	reset(lens);
	return 0;
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: every path drops what it took: ladders, loops, wrappers. */
#include <linux/errno.h>
#include <linux/module.h>

#include "lens.h"

int camera_ladder(struct lens *lens);
int camera_loop(struct lens *lenses, int count);
int camera_flag(struct lens *lens, bool want_flash);
bool camera_wait_ready(struct lens *lens);
int camera_by_address(struct lens *lens);

int camera_ladder(struct lens *lens)
{
	void (*reset)(struct lens *lens);
	int (*fire)(int level);
	int ret;

	reset = symbol_get(lens_reset);
	if (!reset)
		return -ENODEV;

	fire = symbol_get(flash_fire);
	if (!fire) {
		ret = -ENODEV;
		goto err_put_reset;
	}

	reset(lens);
	ret = fire(1);
	if (ret)
		goto err_put_fire;

	ret = 0;

err_put_fire:
	symbol_put(flash_fire);
err_put_reset:
	symbol_put(lens_reset);
	return ret;
}

int camera_loop(struct lens *lenses, int count)
{
	bool (*fn)(struct lens *lens);
	int i, ready = 0;

	for (i = 0; i < count; i++) {
		bool is_ready;

		fn = symbol_get(lens_ready);
		if (!fn)
			break;
		is_ready = fn(&lenses[i]);
		symbol_put(lens_ready);
		if (!is_ready)
			continue;
		ready++;
	}
	return ready;
}

/* The pin and its put depend on the same condition. */
int camera_flag(struct lens *lens, bool want_flash)
{
	int (*fire)(int level) = NULL;
	int ret = 0;

	if (want_flash) {
		fire = symbol_get(flash_fire);
		if (!fire)
			return -ENODEV;
	}

	if (!lens->ready)
		ret = -EAGAIN;
	else if (fire)
		ret = fire(2);

	if (want_flash)
		symbol_put(flash_fire);
	return ret;
}

/* The wrapper that hypervisors write for each function: get, call, put. */
static bool camera_lens_ready(struct lens *lens)
{
	bool (*fn)(struct lens *lens);
	bool ready;

	fn = symbol_get(lens_ready);
	if (!fn)
		return false;

	ready = fn(lens);
	symbol_put(lens_ready);

	return ready;
}

bool camera_wait_ready(struct lens *lens)
{
	int tries;

	for (tries = 0; tries < 10; tries++)
		if (camera_lens_ready(lens))
			return true;
	return false;
}

int camera_by_address(struct lens *lens)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (!fn)
		return -ENODEV;
	ret = fn(lens, 4);
	symbol_put_addr(fn);
	return ret;
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: every spelling of the NULL check that kernel code uses. */
#include <linux/err.h>
#include <linux/module.h>

#include "lens.h"

struct camera {
	struct lens *lens;
	int (*focus)(struct lens *lens, int position);
};

int camera_plain(struct camera *cam);
int camera_warn(struct camera *cam);
int camera_unlikely(struct camera *cam);
int camera_in_condition(struct camera *cam);
int camera_ternary(struct camera *cam);
bool camera_and(struct camera *cam);
bool camera_or(struct camera *cam);
int camera_err_or_null(struct camera *cam);
int camera_else(struct camera *cam);
int camera_request(struct camera *cam);
int camera_open(struct camera *cam);
int camera_snap(struct camera *cam);
void camera_close(struct camera *cam);

int camera_plain(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (!fn)
		return -ENODEV;
	ret = fn(cam->lens, 3);
	symbol_put(lens_focus);
	return ret;
}

int camera_warn(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (WARN_ON(!fn))
		return -ENODEV;
	ret = fn(cam->lens, 3);
	symbol_put(lens_focus);
	return ret;
}

int camera_unlikely(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position) = symbol_get(lens_focus);
	int ret = -ENODEV;

	if (unlikely(fn == NULL))
		goto out;
	ret = fn(cam->lens, 3);
	symbol_put(lens_focus);
out:
	return ret;
}

int camera_in_condition(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	if (!(fn = symbol_get(lens_focus)))
		return -ENODEV;
	ret = fn(cam->lens, 3);
	symbol_put(lens_focus);
	return ret;
}

int camera_ternary(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	ret = fn ? fn(cam->lens, 3) : -ENODEV;
	if (fn)
		symbol_put(lens_focus);
	return ret;
}

bool camera_and(struct camera *cam)
{
	bool (*fn)(struct lens *lens);
	bool ready;

	fn = symbol_get(lens_ready);
	ready = fn && fn(cam->lens);
	if (fn)
		symbol_put(lens_ready);
	return ready;
}

bool camera_or(struct camera *cam)
{
	bool (*fn)(struct lens *lens);
	bool usable;

	fn = symbol_get(lens_ready);
	usable = !fn || fn(cam->lens);
	if (fn)
		symbol_put(lens_ready);
	return usable;
}

int camera_err_or_null(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (IS_ERR_OR_NULL(fn))
		return -ENODEV;
	ret = fn(cam->lens, 3);
	symbol_put(lens_focus);
	return ret;
}

int camera_else(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (fn) {
		ret = fn(cam->lens, 3);
		symbol_put(lens_focus);
	} else {
		ret = -ENODEV;
	}
	return ret;
}

int camera_request(struct camera *cam)
{
	void (*fn)(struct lens *lens);

	fn = symbol_request(lens_reset);
	if (!fn)
		return -ENODEV;
	fn(cam->lens);
	symbol_put(lens_reset);
	return 0;
}

/* Stored first, checked at once. */
int camera_open(struct camera *cam)
{
	cam->focus = symbol_get(lens_focus);
	if (!cam->focus)
		return -ENODEV;
	return 0;
}

int camera_snap(struct camera *cam)
{
	return cam->focus(cam->lens, 2);
}

void camera_close(struct camera *cam)
{
	cam->focus = NULL;
	symbol_put(lens_focus);
}

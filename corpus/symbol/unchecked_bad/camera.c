// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: symbol_get() returns NULL when nobody provides the symbol, and never
 * an error pointer.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "lens.h"

struct camera {
	struct lens *lens;
	int (*focus)(struct lens *lens, int position);
	bool verbose;
};

int camera_focus(struct camera *cam);
int camera_focus_err(struct camera *cam);
int camera_focus_verbose(struct camera *cam);
int camera_restart(struct camera *cam);
int camera_load_and_focus(struct camera *cam);
void camera_open(struct camera *cam);
int camera_snap(struct camera *cam);
void camera_close(struct camera *cam);

int camera_focus(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	ret = fn(cam->lens, 3); // want symbol-get-unchecked "symbol_get\(lens_focus\).*unchecked"
	symbol_put(lens_focus);
	return ret;
}

/* IS_ERR(NULL) is false. */
int camera_focus_err(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (IS_ERR(fn))
		return PTR_ERR(fn);
	ret = fn(cam->lens, 5); // want symbol-get-unchecked "symbol_get\(lens_focus\).*unchecked"
	symbol_put(lens_focus);
	return ret;
}

/* The check depends on something else. */
int camera_focus_verbose(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position);
	int ret;

	fn = symbol_get(lens_focus);
	if (cam->verbose && !fn) {
		pr_info("no lens driver\n");
		return -ENODEV;
	}
	ret = fn(cam->lens, 7); // want symbol-get-unchecked "symbol_get\(lens_focus\).*unchecked"
	symbol_put(lens_focus);
	return ret;
}

/* The second check tests the first pointer again. */
int camera_restart(struct camera *cam)
{
	void (*reset)(struct lens *lens);
	bool (*ready)(struct lens *lens);
	int ret;

	reset = symbol_get(lens_reset);
	if (!reset)
		return -ENODEV;

	ready = symbol_get(lens_ready);
	if (!reset) {
		symbol_put(lens_reset);
		return -ENODEV;
	}

	reset(cam->lens);
	ret = ready(cam->lens) ? 0 : -EAGAIN; // want symbol-get-unchecked "symbol_get\(lens_ready\).*unchecked"

	symbol_put(lens_ready);
	symbol_put(lens_reset);
	return ret;
}

/* Asking for the module does not mean that it came. */
int camera_load_and_focus(struct camera *cam)
{
	int (*fn)(struct lens *lens, int position) = symbol_request(lens_focus);
	int ret;

	ret = fn(cam->lens, 1); // want symbol-get-unchecked "symbol_(request|get)\(lens_focus\).*unchecked"
	symbol_put(lens_focus);
	return ret;
}

void camera_open(struct camera *cam)
{
	cam->focus = symbol_get(lens_focus); // want symbol-get-unchecked "symbol_get\(lens_focus\).*unchecked"
}

int camera_snap(struct camera *cam)
{
	return cam->focus(cam->lens, 2);
}

void camera_close(struct camera *cam)
{
	if (cam->focus)
		symbol_put(lens_focus);
	cam->focus = NULL;
}

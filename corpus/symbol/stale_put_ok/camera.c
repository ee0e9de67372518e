// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a ladder of gets whose error path clears what it drops, so that the removal
 * is right to take a pointer that is set for one that is held.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "lens.h"

struct camera {
	void (*reset)(struct lens *lens);
	int (*fire)(int level);
	int (*works)(void *part);
	void *part;
};

int camera_select(struct camera *cam, int kind);
void camera_deselect(struct camera *cam, int kind);
int camera_start(struct camera *cam);
void camera_stop(struct camera *cam);

int camera_start(struct camera *cam)
{
	cam->reset = symbol_get(lens_reset);
	if (!cam->reset)
		return -ENODEV;
	cam->fire = symbol_get(flash_fire);
	if (!cam->fire) {
		symbol_put(lens_reset);
		cam->reset = NULL;
		return -ENODEV;
	}
	return 0;
}

void camera_stop(struct camera *cam)
{
	if (cam->reset)
		symbol_put(lens_reset); // excused symbol-put-unheld "held-on-entry"
	if (cam->fire)
		symbol_put(flash_fire); // excused symbol-put-unheld "held-on-entry"
}

/* The switch and the test say the same in two ways. */
int camera_select(struct camera *cam, int kind)
{
	int ret;

	switch (kind) {
	case KIND_LENS:
		cam->part = symbol_get(lens_ready);
		break;
	case KIND_FLASH:
		cam->part = symbol_get(flash_level);
		break;
	default:
		break;
	}
	if (!cam->part)
		return -ENODEV;
	ret = cam->works(cam->part);
	if (ret) {
		if (kind == KIND_FLASH)
			symbol_put(flash_level); // excused symbol-put-unheld "taken-here"
		else
			symbol_put(lens_ready); // excused symbol-put-unheld "taken-here"
		cam->part = NULL;
		return ret;
	}
	return 0;
}

void camera_deselect(struct camera *cam, int kind)
{
	if (kind == KIND_FLASH)
		symbol_put(flash_level);
	else
		symbol_put(lens_ready);
	cam->part = NULL;
}

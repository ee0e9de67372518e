// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a ladder of gets. Its error path drops what it took and leaves the pointer
 * set; the removal takes a pointer that is set for one that is held.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "lens.h"

struct camera {
	void (*reset)(struct lens *lens);
	int (*fire)(int level);
};

int camera_start(struct camera *cam);
void camera_stop(struct camera *cam);

int camera_start(struct camera *cam)
{
	cam->reset = symbol_get(lens_reset); // want symbol-use-after-put "'cam->reset' of symbol_get\(lens_reset\) stays stored after its module reference was dropped: set it to NULL"
	if (!cam->reset)
		return -ENODEV;
	cam->fire = symbol_get(flash_fire);
	if (!cam->fire) {
		symbol_put(lens_reset);
		return -ENODEV;
	}
	return 0;
}

void camera_stop(struct camera *cam)
{
	if (cam->reset)
		symbol_put(lens_reset); // want symbol-put-unheld "symbol_put\(lens_reset\) a second time if camera_start\(\) failed: it leaves 'cam->reset' set"
	if (cam->fire)
		symbol_put(flash_fire); // excused symbol-put-unheld "held-on-entry"
}

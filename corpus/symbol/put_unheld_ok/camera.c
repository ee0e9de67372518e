// SPDX-License-Identifier: Apache-2.0
/* Classic: conditional puts, and a put whose get is in the partner function. */
#include <linux/errno.h>
#include <linux/module.h>

#include "lens.h"

struct camera {
	struct lens *lens;
	bool (*ready)(struct lens *lens);
};

int camera_both(struct lens *lens);
int camera_attach(struct camera *cam);
bool camera_ready(struct camera *cam);
void camera_detach(struct camera *cam);

int camera_both(struct lens *lens)
{
	void (*reset)(struct lens *lens) = symbol_get(lens_reset);
	int (*fire)(int level) = symbol_get(flash_fire);
	int ret = -ENODEV;

	if (!reset || !fire)
		goto out;

	reset(lens);
	ret = fire(1);
out:
	if (fire)
		symbol_put(flash_fire);
	if (reset)
		symbol_put(lens_reset);
	return ret;
}

int camera_attach(struct camera *cam)
{
	bool (*ready)(struct lens *lens);

	if (cam->ready)
		return -EBUSY;

	ready = symbol_get(lens_ready);
	if (!ready)
		return -ENODEV;
	cam->ready = ready;
	return 0;
}

bool camera_ready(struct camera *cam)
{
	return cam->ready && cam->ready(cam->lens);
}

/* The pin that camera_attach() left with cam. */
void camera_detach(struct camera *cam)
{
	if (!cam->ready)
		return;
	cam->ready = NULL;
	symbol_put(lens_ready);
}

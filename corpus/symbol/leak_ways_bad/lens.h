// SPDX-License-Identifier: Apache-2.0
/* The provider's interface; consumers reach it through symbol_get() only. */
#ifndef LENS_H
#define LENS_H

#include <linux/types.h>

struct lens {
	int position;
	bool ready;
};

int lens_focus(struct lens *lens, int position);
bool lens_ready(struct lens *lens);
void lens_reset(struct lens *lens);

int flash_fire(int level);

#endif

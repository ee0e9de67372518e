// SPDX-License-Identifier: Apache-2.0
/* Keeps one symbol, and gives it back. */
#include <linux/errno.h>
#include <linux/module.h>

int lens_focus(int position);

struct bench {
	int (*focus)(int position);
};

int bench_open(struct bench *b)
{
	b->focus = symbol_get(lens_focus); // excused symbol-get-leak "pin-handed-over"
	if (!b->focus)
		return -ENODEV;
	return 0;
}

void bench_close(struct bench *b)
{
	b->focus = NULL;
	symbol_put(lens_focus); // excused symbol-put-unheld "held-on-entry"
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a radio of a demodulator and a tuner on top of it. What the attach macro
 * took for the first is lost when the second fails: once the array is freed, once
 * the only pointer is overwritten.
 */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "tuner.h"

struct board {
	struct tuner *parts[2];
};

struct radio {
	struct board *board;
};

int radio_probe(struct radio *radio, int model);
void radio_remove(struct radio *radio);

int radio_probe(struct radio *radio, int model)
{
	struct board *board = kzalloc(sizeof(*board), GFP_KERNEL);
	int ret = 0;

	if (!board)
		return -ENOMEM;
	radio->board = board;
	switch (model) {
	case 1:
		board->parts[0] = radio_attach(tuner_attach, 0x60); // want symbol-get-leak "leaks when board->parts\[\.\.\.\] == NULL$"
		if (board->parts[0]) {
			board->parts[1] = radio_attach(tuner_attach, 0x61);
			if (!board->parts[1]) {
				ret = -EINVAL;
				goto out_free;
			}
		}
		break;
	default:
		board->parts[0] = radio_attach(tuner_attach, 0x62); // want symbol-get-leak "leaks when board->parts\[\.\.\.\] == NULL$"
		if (board->parts[0]) {
			board->parts[0] = radio_attach(tuner_attach, 0x63);
			if (!board->parts[0]) {
				ret = -EINVAL;
				goto out_free;
			}
		}
		break;
	}
	return 0;

out_free:
	kfree(board);
	radio->board = NULL;
	return ret;
}

void radio_remove(struct radio *radio)
{
	radio_detach(radio->board->parts[0]->release);
	kfree(radio->board);
}

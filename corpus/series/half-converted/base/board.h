// SPDX-License-Identifier: Apache-2.0
/* Cards on a board: a card is replaced by its successor in place. */
#ifndef BOARD_H
#define BOARD_H

#include <linux/list.h>
#include <linux/mutex.h>

struct card {
	struct list_head node;
	int id;
};

struct board {
	struct mutex lock;
	struct list_head cards;
};

bool board_has(struct board *board, int id);
void board_swap(struct board *board, struct card *old, struct card *new);
void board_renew(struct board *board, struct card *old, struct card *new);

#endif

// SPDX-License-Identifier: Apache-2.0
#include <linux/export.h>
#include <linux/rculist.h>

#include "board.h"

bool board_has(struct board *board, int id)
{
	struct card *card;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(card, &board->cards, node) {
		if (card->id == id)
			found = true;
	}
	rcu_read_unlock();
	return found;
}
EXPORT_SYMBOL_GPL(board_has);

void board_swap(struct board *board, struct card *old, struct card *new)
{
	mutex_lock(&board->lock);
	list_replace(&old->node, &new->node);
	mutex_unlock(&board->lock);
}
EXPORT_SYMBOL_GPL(board_swap);

// SPDX-License-Identifier: Apache-2.0
/* A second place where cards are replaced, easily forgotten. */
#include <linux/export.h>

#include "board.h"

void board_renew(struct board *board, struct card *old, struct card *new)
{
	mutex_lock(&board->lock);
	list_replace(&old->node, &new->node);
	mutex_unlock(&board->lock);
}
EXPORT_SYMBOL_GPL(board_renew);

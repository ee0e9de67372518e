// SPDX-License-Identifier: Apache-2.0
/* Classic: values may outlive the pin, text and tables may not. */
#include <linux/errno.h>
#include <linux/module.h>

#include "codec.h"

struct player {
	int rate;
	int probed;
};

int player_probe(struct player *player);
int player_play(const void *frame);
int player_reprobe(struct player *player);

/* What is stored after the put is a number. */
int player_probe(struct player *player)
{
	int (*fn)(int rate);
	int ret;

	fn = symbol_get(codec_probe);
	if (!fn)
		return -ENODEV;
	ret = fn(player->rate);
	symbol_put(codec_probe);

	player->probed = ret;
	return ret;
}

int player_play(const void *frame)
{
	const struct codec_ops *(*fn)(void);
	const struct codec_ops *ops;
	int ret;

	fn = symbol_get(codec_get_ops);
	if (!fn)
		return -ENODEV;
	ops = fn();
	ret = ops->decode(frame);
	if (ret)
		ops->reset();
	symbol_put(codec_get_ops);

	return ret;
}

/* The variable is used again, with a pin of its own. */
int player_reprobe(struct player *player)
{
	int (*fn)(int rate);
	int ret;

	fn = symbol_get(codec_probe);
	if (!fn)
		return -ENODEV;
	ret = fn(player->rate);
	symbol_put(codec_probe);
	if (!ret)
		return 0;

	fn = symbol_get(codec_probe);
	if (!fn)
		return -ENODEV;
	ret = fn(player->rate / 2);
	symbol_put(codec_probe);
	return ret;
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the function, or what it returned, is used when the pin is gone. */
#include <linux/errno.h>
#include <linux/module.h>

#include "codec.h"

struct player {
	int (*probe)(int rate);
	int rate;
};

int player_probe(int rate);
int player_play(const void *frame);
int player_setup(struct player *player);
int player_start(struct player *player);

int player_probe(int rate)
{
	int (*fn)(int rate);

	fn = symbol_get(codec_probe);
	if (!fn)
		return -ENODEV;
	symbol_put(codec_probe);

	return fn(rate); // want symbol-use-after-put "symbol_get\(codec_probe\)"
}

int player_play(const void *frame)
{
	const struct codec_ops *(*fn)(void);
	const struct codec_ops *ops;

	fn = symbol_get(codec_get_ops);
	if (!fn)
		return -ENODEV;
	ops = fn();
	symbol_put(codec_get_ops);

	return ops->decode(frame); // want symbol-use-after-put "'ops' of symbol_get\(codec_get_ops\)"
}

int player_setup(struct player *player)
{
	int (*fn)(int rate);
	int ret;

	fn = symbol_get(codec_probe);
	if (!fn)
		return -ENODEV;
	ret = fn(player->rate);
	symbol_put(codec_probe);
	if (ret)
		return ret;

	player->probe = fn; // want symbol-use-after-put "'fn' of symbol_get\(codec_probe\) is stored after"
	return 0;
}

int player_start(struct player *player)
{
	return player->probe ? player->probe(player->rate) : -ENODEV;
}

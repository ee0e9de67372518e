// SPDX-License-Identifier: Apache-2.0
/* Classic: a provider of a function and of a table. */
#ifndef CODEC_H
#define CODEC_H

struct codec_ops {
	int (*decode)(const void *frame);
	int (*reset)(void);
};

int codec_probe(int rate);
const struct codec_ops *codec_get_ops(void);

#endif

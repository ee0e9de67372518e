// SPDX-License-Identifier: Apache-2.0
/* Classic: text and tables that vanish with the module. */
#include <linux/errno.h>
#include <linux/export.h>

#include "codec.h"

static int codec_decode(const void *frame)
{
	return frame ? 0 : -EINVAL;
}

static int codec_reset(void)
{
	return 0;
}

static const struct codec_ops codec_ops = {
	.decode = codec_decode,
	.reset = codec_reset,
};

int codec_probe(int rate)
{
	return rate > 0 ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(codec_probe);

const struct codec_ops *codec_get_ops(void)
{
	return &codec_ops;
}
EXPORT_SYMBOL_GPL(codec_get_ops);

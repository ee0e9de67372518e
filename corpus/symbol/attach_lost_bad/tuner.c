// SPDX-License-Identifier: Apache-2.0
/* Classic: the provider of what radio_attach() loads. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>

#include "tuner.h"

static void tuner_release(struct tuner *tuner)
{
	kfree(tuner);
}

struct tuner *tuner_attach(int i2c_address)
{
	struct tuner *tuner;

	if (i2c_address < 0x60)
		return NULL;
	tuner = kzalloc(sizeof(*tuner), GFP_KERNEL);
	if (tuner)
		tuner->release = tuner_release;
	return tuner;
}
EXPORT_SYMBOL_GPL(tuner_attach);

int tuner_set(struct tuner *tuner, int channel)
{
	if (channel < 0)
		return -EINVAL;
	tuner->channel = channel;
	return 0;
}
EXPORT_SYMBOL_GPL(tuner_set);

int tuner_level(struct tuner *tuner)
{
	return tuner->channel ? 100 : 0;
}
EXPORT_SYMBOL_GPL(tuner_level);

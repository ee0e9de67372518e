// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: these gets return NULL for ever on this tree, and the driver says
 * "not available" on every machine.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "tuner.h"

struct radio {
	struct tuner *tuner;
};

int radio_tune(struct radio *radio, int channel);
int radio_level(struct radio *radio);
int radio_probe(struct radio *radio);
void radio_remove(struct radio *radio);

int radio_tune(struct radio *radio, int channel)
{
	int (*fn)(struct tuner *tuner, int channel);
	int ret;

	fn = symbol_get(tuner_set); // want symbol-get-non-gpl "symbol_get\(tuner_set\).*without GPL"
	if (!fn)
		return -ENODEV;
	ret = fn(radio->tuner, channel);
	symbol_put(tuner_set);
	return ret;
}

int radio_level(struct radio *radio)
{
	int (*fn)(struct tuner *tuner);
	int level;

	fn = symbol_get(tuner_level);
	if (!fn)
		return -ENODEV;
	level = fn(radio->tuner);
	symbol_put(tuner_level);
	return level;
}

int radio_probe(struct radio *radio)
{
	radio->tuner = radio_attach(tuner_attach, 0x61); // want symbol-get-non-gpl "tuner_attach.*without GPL"
	return radio->tuner ? 0 : -ENODEV;
}

/* The pin that radio_attach() left with the tuner. */
void radio_remove(struct radio *radio)
{
	void (*release)(struct tuner *tuner);

	if (!radio->tuner)
		return;
	release = radio->tuner->release;
	release(radio->tuner);
	radio->tuner = NULL;
	radio_detach(release);
}

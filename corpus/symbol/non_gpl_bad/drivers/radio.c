// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: these gets return NULL on every modular kernel of this tree, and the driver
 * says "not available" whether the provider is loaded or not.
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
int radio_both(struct radio *radio);
void radio_remove(struct radio *radio);

int radio_tune(struct radio *radio, int channel)
{
	int (*fn)(struct tuner *tuner, int channel);
	int ret;

	fn = symbol_get(tuner_set); // want symbol-get-non-gpl "symbol_get\(tuner_set\) returns NULL on modular kernels"
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
	radio->tuner = radio_attach(tuner_attach, 0x61); // want symbol-get-non-gpl "tuner_attach\) returns NULL on modular kernels"
	return radio->tuner ? 0 : -ENODEV;
}

/* One cause, one finding. */
int radio_both(struct radio *radio)
{
	struct tuner *(*attach)(int address) = symbol_get(tuner_attach); // want symbol-get-non-gpl "tuner_attach is EXPORT_SYMBOL\(\), and __symbol_get\(\) accepts EXPORT_SYMBOL_GPL\(\) only; the same for one more symbol$"
	int (*set)(struct tuner *tuner, int channel) = symbol_get(tuner_set);
	int ret = -ENODEV;

	if (attach && set && radio->tuner)
		ret = set(radio->tuner, 1);
	if (set)
		symbol_put(tuner_set);
	if (attach)
		symbol_put(tuner_attach);
	return ret;
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

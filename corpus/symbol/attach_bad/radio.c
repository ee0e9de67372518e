// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the pin that the attach macro left with the tuner is never given
 * back, and one of the names it is asked for has no provider.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "tuner.h"

struct amplifier {
	int gain;
	void (*release)(struct amplifier *amplifier);
};

struct radio {
	struct tuner *tuner;
	struct amplifier *amplifier;
};

struct amplifier *amplifier_attach(int gain);
int radio_probe(struct radio *radio, int address);
int radio_boost(struct radio *radio);
void radio_remove(struct radio *radio);

int radio_probe(struct radio *radio, int address)
{
	radio->tuner = radio_attach(tuner_attach, address); // want symbol-get-leak "tuner_attach.*not released"
	if (!radio->tuner)
		return -ENODEV;
	return 0;
}

int radio_boost(struct radio *radio)
{
	struct amplifier *amplifier;

	amplifier = radio_attach(amplifier_attach, 10); // want symbol-get-unexported "amplifier_attach.*nobody exports"
	if (!amplifier)
		return -ENODEV;
	radio->amplifier = amplifier;
	return 0;
}

void radio_remove(struct radio *radio)
{
	if (radio->amplifier) {
		void (*release)(struct amplifier *amplifier) = radio->amplifier->release;

		release(radio->amplifier);
		radio->amplifier = NULL;
		radio_detach(release);
	}

	if (!radio->tuner)
		return;
	radio->tuner->release(radio->tuner);
	radio->tuner = NULL;
}

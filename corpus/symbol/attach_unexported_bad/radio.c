// SPDX-License-Identifier: Apache-2.0
/* Classic: the attach macro is asked for a name that nobody exports. */
#include <linux/errno.h>
#include <linux/module.h>

#include "tuner.h"

struct amplifier {
	int gain;
	void (*release)(struct amplifier *amplifier);
};

struct radio {
	struct amplifier *amplifier;
};

struct amplifier *amplifier_attach(int gain);
int radio_boost(struct radio *radio);
void radio_remove(struct radio *radio);

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
	void (*release)(struct amplifier *amplifier);

	if (!radio->amplifier)
		return;
	release = radio->amplifier->release;
	release(radio->amplifier);
	radio->amplifier = NULL;
	radio_detach(release);
}

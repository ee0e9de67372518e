// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the attach macro of this tree takes the pin and leaves it with the
 * tuner; remove gives it back by the address of the tuner's own release.
 */
#include <linux/errno.h>
#include <linux/module.h>

#include "tuner.h"

struct radio {
	struct tuner *tuner;
};

int radio_probe(struct radio *radio, int address);
void radio_remove(struct radio *radio);

int radio_probe(struct radio *radio, int address)
{
	radio->tuner = radio_attach(tuner_attach, address);
	if (!radio->tuner)
		return -ENODEV;
	return 0;
}

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

// SPDX-License-Identifier: Apache-2.0
/* Classic: the pin that the attach macro left with the tuner is never given back. */
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
	radio->tuner = radio_attach(tuner_attach, address); // want symbol-get-leak "tuner_attach"
	if (!radio->tuner)
		return -ENODEV;
	return 0;
}

void radio_remove(struct radio *radio)
{
	if (!radio->tuner)
		return;
	radio->tuner->release(radio->tuner);
	radio->tuner = NULL;
}

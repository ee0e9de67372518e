// SPDX-License-Identifier: Apache-2.0
/* Classic: NULL for what could not be attached is passed to somebody who goes through it. */
#include <linux/errno.h>
#include <linux/module.h>

#include "demod.h"

struct radio {
	struct frontend *fe;
};

int radio_probe(struct radio *radio, int address);
int radio_probe_checked(struct radio *radio, int address);
int radio_register(struct radio *radio, int address);
int radio_ask(struct radio *radio, int address);
int radio_lnb(struct radio *radio, int address);
void radio_remove(struct radio *radio);

int radio_probe(struct radio *radio, int address)
{
	radio->fe = radio_attach(demod_attach, address);
	if (!radio_attach(tuner_attach, radio->fe, 0x61)) // want symbol-get-unchecked "'radio->fe' of radio_attach\(demod_attach\) is passed on unchecked"
		return -ENODEV;
	return 0;
}

int radio_probe_checked(struct radio *radio, int address)
{
	radio->fe = radio_attach(demod_attach, address);
	if (!radio->fe)
		return -ENODEV;
	if (!radio_attach(tuner_attach, radio->fe, 0x61))
		return -ENODEV;
	return 0;
}

int radio_register(struct radio *radio, int address)
{
	radio->fe = radio_attach(demod_attach, address);
	return frontend_register(radio->fe); // want symbol-get-unchecked "'radio->fe' of radio_attach\(demod_attach\) is passed on unchecked"
}

int radio_ask(struct radio *radio, int address)
{
	radio->fe = radio_attach(demod_attach, address);
	return frontend_probe(radio->fe);
}

int radio_lnb(struct radio *radio, int address)
{
	radio->fe = radio_attach(demod_attach, address);
	if (!radio_attach(lnb_attach, radio->fe))
		return -ENODEV;
	return 0;
}

void radio_remove(struct radio *radio)
{
	if (!radio->fe)
		return;
	if (radio->fe->release)
		radio_detach(radio->fe->release);
	radio->fe->release(radio->fe);
	radio->fe = NULL;
}

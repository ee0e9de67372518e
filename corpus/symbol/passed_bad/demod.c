// SPDX-License-Identifier: Apache-2.0
/* Classic: what other drivers attach; two of the functions follow what they are given. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/slab.h>

#include "demod.h"

static void demod_release(struct frontend *fe)
{
	kfree(fe);
}

struct frontend *demod_attach(int address)
{
	struct frontend *fe;

	if (address < 0x60)
		return NULL;
	fe = kzalloc(sizeof(*fe), GFP_KERNEL);
	if (fe)
		fe->release = demod_release;
	return fe;
}
EXPORT_SYMBOL_GPL(demod_attach);

static void tuner_fill(struct frontend *fe, void *tuner)
{
	fe->tuner = tuner;
}

struct frontend *tuner_attach(struct frontend *fe, int address)
{
	void *tuner = kzalloc(16, GFP_KERNEL);

	if (!tuner)
		return NULL;
	tuner_fill(fe, tuner);
	return fe;
}
EXPORT_SYMBOL_GPL(tuner_attach);

/* Tests what it is given. */
struct frontend *lnb_attach(struct frontend *fe)
{
	if (!fe)
		return NULL;
	fe->step = 1;
	return fe;
}
EXPORT_SYMBOL_GPL(lnb_attach);

int frontend_register(struct frontend *fe)
{
	fe->step = 2;
	return 0;
}
EXPORT_SYMBOL_GPL(frontend_register);

int frontend_probe(struct frontend *fe)
{
	return fe ? fe->step : -ENODEV;
}
EXPORT_SYMBOL_GPL(frontend_probe);

// SPDX-License-Identifier: Apache-2.0
/* The provider's interface. */
#ifndef DEMOD_H
#define DEMOD_H

#include <linux/module.h>

struct frontend {
	int step;
	void *tuner;
	void (*release)(struct frontend *fe);
};

struct frontend *demod_attach(int address);
struct frontend *tuner_attach(struct frontend *fe, int address);
struct frontend *lnb_attach(struct frontend *fe);
int frontend_register(struct frontend *fe);
int frontend_probe(struct frontend *fe);

#define radio_attach(FUNCTION, ARGS...) ({				\
	typeof(&FUNCTION) __attach = symbol_request(FUNCTION);		\
	void *__found = NULL;						\
	if (__attach) {							\
		__found = (void *)__attach(ARGS);			\
		if (!__found)						\
			symbol_put(FUNCTION);				\
	}								\
	__found;							\
})

#define radio_detach(FUNCTION)	symbol_put_addr(FUNCTION)

#endif

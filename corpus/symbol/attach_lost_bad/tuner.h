// SPDX-License-Identifier: Apache-2.0
/* The provider's interface. */
#ifndef TUNER_H
#define TUNER_H

#include <linux/module.h>
#include <linux/printk.h>

struct tuner {
	int channel;
	void (*release)(struct tuner *tuner);
};

struct tuner *tuner_attach(int i2c_address);
int tuner_set(struct tuner *tuner, int channel);
int tuner_level(struct tuner *tuner);

/* Loads the module that has FUNCTION, and keeps its pin with the result. */
#define radio_attach(FUNCTION, ARGS...) ({				\
	typeof(&FUNCTION) __attach = symbol_request(FUNCTION);		\
	void *__found = NULL;						\
	if (__attach) {							\
		__found = (void *)__attach(ARGS);			\
		if (!__found)						\
			symbol_put(FUNCTION);				\
	} else {							\
		pr_err("radio: nobody provides " #FUNCTION "\n");	\
	}								\
	__found;							\
})

/* Any function of the provider names the module whose pin is dropped. */
#define radio_detach(FUNCTION)	symbol_put_addr(FUNCTION)

#endif

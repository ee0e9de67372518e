// SPDX-License-Identifier: Apache-2.0
/* A miniature of what the symbol lookup of the module loader fills in. */
#ifndef MODULE_INTERNAL_H
#define MODULE_INTERNAL_H

#include <linux/module.h>

enum mod_license {
	NOT_GPL_ONLY,
	GPL_ONLY,
};

struct symbol_query {
	/* What is asked for. */
	const char *name;
	bool gplok;
	bool warn;

	/* What was found. */
	struct module *owner;
	unsigned long address;
	enum mod_license license;
};

bool query_symbol(struct symbol_query *query);

#endif

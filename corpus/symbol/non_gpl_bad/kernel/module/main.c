// SPDX-License-Identifier: Apache-2.0
/* A miniature of the run-time side: since 6.6 it refuses what is not GPL only. */
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/printk.h>

#include "internal.h"

bool query_symbol(struct symbol_query *query)
{
	query->owner = NULL;
	query->address = 0;
	query->license = NOT_GPL_ONLY;
	pr_debug("no symbol %s\n", query->name);
	return false;
}

void *__symbol_get(const char *symbol)
{
	struct symbol_query query = {
		.name = symbol,
		.gplok = true,
		.warn = true,
	};

	preempt_disable();
	if (!query_symbol(&query))
		goto fail;
	if (query.license != GPL_ONLY) {
		pr_warn("symbol_get of %s refused: not exported as GPL only\n", symbol);
		goto fail;
	}
	if (!try_module_get(query.owner))
		goto fail;
	preempt_enable();
	return (void *)query.address;

fail:
	preempt_enable();
	return NULL;
}
EXPORT_SYMBOL_GPL(__symbol_get);

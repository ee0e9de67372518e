// SPDX-License-Identifier: Apache-2.0
/* Classic: the handler is given to the core twice, and never taken back. */
#include <linux/init.h>
#include <linux/module.h>

#include "signals.h"

static void fan_signal(u32 event, void *data)
{
}

static int __init fan_init(void)
{
	signals_trace(fan_signal);
	return signals_install(NULL, fan_signal, NULL);
}

static void __exit fan_exit(void)
{
	pr_info("fan: gone\n");
}

module_init(fan_init);
module_exit(fan_exit);

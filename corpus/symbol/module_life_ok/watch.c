// SPDX-License-Identifier: Apache-2.0
/* Classic: the pin is taken in init, kept in a static, and dropped in exit. */
#include <linux/init.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "clock.h"

static u64 (*ticks)(void);

static int __init watch_init(void)
{
	ticks = symbol_get(clock_ticks); // excused symbol-get-leak "kept-for-module-life"
	if (!ticks)
		return -ENODEV;

	pr_info("watch: started at %llu\n", ticks());
	return 0;
}

static void __exit watch_exit(void)
{
	pr_info("watch: stopped at %llu\n", ticks());
	symbol_put(clock_ticks);
}

module_init(watch_init);
module_exit(watch_exit);

// SPDX-License-Identifier: Apache-2.0
/* Classic: a function is run elsewhere, and has ended before this one goes on. */
#include <linux/init.h>
#include <linux/module.h>

#include "remote.h"

static void fan_test(void *info)
{
	*(int *)info = 1;
}

static int __init fan_init(void)
{
	int works = 0;

	remote_call(fan_test, &works, true);
	return works ? 0 : -ENODEV;
}

static void __exit fan_exit(void)
{
	pr_info("fan: gone\n");
}

module_init(fan_init);
module_exit(fan_exit);

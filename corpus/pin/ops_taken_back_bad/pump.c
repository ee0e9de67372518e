// SPDX-License-Identifier: Apache-2.0
/* Classic: a driver whose remove forgets the handler of its probe. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>

#include "signals.h"

static void pump_signal(u32 event, void *data)
{
	*(u32 *)data = event;
}

static int pump_probe(struct platform_device *pdev) // want pin-missing-module "pump_remove\(\) does not call signals_remove\(\) for 'pump_signal': it may be called after unbind, with freed data$"
{
	u32 *last = devm_kzalloc(&pdev->dev, sizeof(*last), GFP_KERNEL);

	if (!last)
		return -ENOMEM;
	return signals_install(&pdev->dev, pump_signal, last);
}

static void pump_remove(struct platform_device *pdev)
{
	pm_runtime_disable(&pdev->dev);
}

static struct platform_driver pump_driver = {
	.probe = pump_probe,
	.remove = pump_remove,
	.driver = {
		.name = "pump",
	},
};

module_platform_driver(pump_driver);

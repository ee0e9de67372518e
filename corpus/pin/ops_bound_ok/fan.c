// SPDX-License-Identifier: Apache-2.0
/* Classic: what remove does not undo may go with the device; one driver alone tells nothing. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm_runtime.h>

#include "signals.h"

static void fan_signal(u32 event, void *data)
{
}

static int fan_probe(struct platform_device *pdev)
{
	return signals_install(&pdev->dev, fan_signal, pdev);
}

static void fan_remove(struct platform_device *pdev)
{
	pm_runtime_disable(&pdev->dev);
}

static struct platform_driver fan_driver = {
	.probe = fan_probe,
	.remove = fan_remove,
	.driver = {
		.name = "fan",
	},
};

module_platform_driver(fan_driver);

// SPDX-License-Identifier: Apache-2.0
/* Classic: a driver whose remove takes the handler of its probe back. */
#include <linux/module.h>
#include <linux/platform_device.h>

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
	signals_remove(&pdev->dev, fan_signal);
}

static struct platform_driver fan_driver = {
	.probe = fan_probe,
	.remove = fan_remove,
	.driver = {
		.name = "fan",
	},
};

module_platform_driver(fan_driver);

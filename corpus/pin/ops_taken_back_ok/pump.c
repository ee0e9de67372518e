// SPDX-License-Identifier: Apache-2.0
/* Classic: a driver whose remove takes the handler of its probe back. */
#include <linux/module.h>
#include <linux/platform_device.h>

#include "signals.h"

static void pump_signal(u32 event, void *data)
{
}

static int pump_probe(struct platform_device *pdev)
{
	return signals_install(&pdev->dev, pump_signal, pdev);
}

static void pump_remove(struct platform_device *pdev)
{
	signals_remove(&pdev->dev, pump_signal);
}

static struct platform_driver pump_driver = {
	.probe = pump_probe,
	.remove = pump_remove,
	.driver = {
		.name = "pump",
	},
};

module_platform_driver(pump_driver);

// SPDX-License-Identifier: Apache-2.0
/* Classic: a driver whose remove takes the handler of its probe back. */
#include <linux/module.h>
#include <linux/platform_device.h>

#include "signals.h"

static void lamp_signal(u32 event, void *data)
{
}

static int lamp_probe(struct platform_device *pdev)
{
	return signals_install(&pdev->dev, lamp_signal, pdev);
}

static void lamp_remove(struct platform_device *pdev)
{
	signals_remove(&pdev->dev, lamp_signal);
}

static struct platform_driver lamp_driver = {
	.probe = lamp_probe,
	.remove = lamp_remove,
	.driver = {
		.name = "lamp",
	},
};

module_platform_driver(lamp_driver);

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a driver that takes its handler back where probe fails, and when it is put
 * to sleep, and forgets it in remove.
 */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/pm_runtime.h>

#include "signals.h"

struct fan {
	int speed;
};

static void fan_signal(u32 event, void *data)
{
	struct fan *fan = data;

	fan->speed = event;
}

static int fan_probe(struct platform_device *pdev) // latent pin-missing-module "latent only: fan_probe\(\) takes it back with signals_remove\(\) while it sets up"
{
	struct fan *fan = devm_kzalloc(&pdev->dev, sizeof(*fan), GFP_KERNEL);
	int ret;

	if (!fan)
		return -ENOMEM;
	ret = signals_install(&pdev->dev, fan_signal, fan);
	if (ret)
		return ret;
	ret = pm_runtime_set_active(&pdev->dev);
	if (ret)
		signals_remove(&pdev->dev, fan_signal);
	return ret;
}

static void fan_remove(struct platform_device *pdev)
{
	pm_runtime_disable(&pdev->dev);
}

static int fan_suspend(struct device *dev)
{
	signals_remove(dev, fan_signal);
	return 0;
}

static int fan_resume(struct device *dev)
{
	return signals_install(dev, fan_signal, dev_get_drvdata(dev));
}

static DEFINE_SIMPLE_DEV_PM_OPS(fan_pm_ops, fan_suspend, fan_resume);

static struct platform_driver fan_driver = {
	.probe = fan_probe,
	.remove = fan_remove,
	.driver = {
		.name = "fan",
		.pm = pm_sleep_ptr(&fan_pm_ops),
	},
};

module_platform_driver(fan_driver);

/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: what the core calls when a device comes and goes. */
#ifndef LINUX_PLATFORM_DEVICE_H
#define LINUX_PLATFORM_DEVICE_H

struct platform_device;

struct platform_driver {
	int (*probe)(struct platform_device *pdev);
	void (*remove)(struct platform_device *pdev);
};

void *platform_get_drvdata(struct platform_device *pdev);

#endif

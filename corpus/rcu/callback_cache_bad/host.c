// SPDX-License-Identifier: Apache-2.0
/* Classic: what is released waits for callbacks, and is called through a pointer. */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct host {
	struct device dev;
};

void host_put(struct host *host);

static void host_release(struct device *dev)
{
	rcu_barrier();
	kfree(container_of(dev, struct host, dev));
}

static const struct device_type host_type = {
	.name = "host",
	.release = host_release,
};

void host_put(struct host *host)
{
	put_device(&host->dev);
}
EXPORT_SYMBOL(host_put);

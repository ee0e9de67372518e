// SPDX-License-Identifier: Apache-2.0
/* Thread 003: a device list that readers walk while devices come and go. */
#ifndef HUB_H
#define HUB_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/types.h>

struct hub {
	refcount_t users;
	struct mutex lock;
	struct list_head devices;
};

struct hub_device;

struct hub_device_ops {
	const char *name;
	int (*create)(struct hub_device *dev, u32 type);
	/* Frees the device when the hub dies. */
	void (*destroy)(struct hub_device *dev);
	/* Frees the device when its file is closed before that. */
	void (*release)(struct hub_device *dev);
	bool (*claims)(struct hub_device *dev, u32 line);
};

struct hub_device {
	const struct hub_device_ops *ops;
	struct hub *hub;
	void *private;
	struct list_head hub_node;
};

extern const struct hub_device_ops hub_timer_ops;

void hub_get(struct hub *hub);
void hub_put(struct hub *hub);
int hub_create_device(struct hub *hub, u32 type);
bool hub_line_claimed(struct hub *hub, u32 line);

#endif

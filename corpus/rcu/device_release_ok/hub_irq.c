// SPDX-License-Identifier: Apache-2.0
/* Thread 003: the lockless reader that the conversion was made for. */
#include <linux/rculist.h>

#include "hub.h"

bool hub_line_claimed(struct hub *hub, u32 line)
{
	struct hub_device *dev;
	bool claimed = false;

	rcu_read_lock();
	list_for_each_entry_rcu(dev, &hub->devices, hub_node) {
		if (dev->ops->claims && dev->ops->claims(dev, line)) {
			claimed = true;
			break;
		}
	}
	rcu_read_unlock();

	return claimed;
}

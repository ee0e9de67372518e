// SPDX-License-Identifier: Apache-2.0
/* Classic: the core keeps handlers until they are taken back, and pins nobody. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

#include "signals.h"

struct signal_slot {
	struct list_head node;
	struct device *dev;
	signal_handler handler;
	void *data;
};

static LIST_HEAD(slots);
static DEFINE_MUTEX(slots_lock);

int signals_install(struct device *dev, signal_handler handler, void *data)
{
	struct signal_slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL);

	if (!slot)
		return -ENOMEM;
	slot->dev = dev;
	slot->handler = handler; // excused pin-missing-module "bound-to-device"
	slot->data = data;
	mutex_lock(&slots_lock);
	list_add_tail(&slot->node, &slots);
	mutex_unlock(&slots_lock);
	return 0;
}
EXPORT_SYMBOL_GPL(signals_install);

void signals_remove(struct device *dev, signal_handler handler)
{
	struct signal_slot *slot, *tmp;

	mutex_lock(&slots_lock);
	list_for_each_entry_safe(slot, tmp, &slots, node) {
		if (slot->dev == dev && slot->handler == handler) {
			list_del(&slot->node);
			kfree(slot);
		}
	}
	mutex_unlock(&slots_lock);
}
EXPORT_SYMBOL_GPL(signals_remove);

void signals_dispatch(u32 event)
{
	struct signal_slot *slot;

	mutex_lock(&slots_lock);
	list_for_each_entry(slot, &slots, node)
		slot->handler(event, slot->data);
	mutex_unlock(&slots_lock);
}

// SPDX-License-Identifier: Apache-2.0
/* Thread 001: the last put only queues the destruction; exit waits for it. */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "guest.h"

static struct workqueue_struct *guest_wq;

bool guest_get_safe(struct guest *guest)
{
	return refcount_inc_not_zero(&guest->users);
}
EXPORT_SYMBOL_GPL(guest_get_safe);

static void guest_destroy(struct work_struct *work)
{
	struct guest *guest = container_of(work, struct guest, destroy_work);
	struct guest_device *dev, *tmp;

	list_for_each_entry_safe(dev, tmp, &guest->devices, node) {
		list_del(&dev->node);
		dev->ops->destroy(dev);
	}
	kfree(guest);
}

struct guest *guest_create(void)
{
	struct guest *guest = kzalloc(sizeof(*guest), GFP_KERNEL_ACCOUNT);

	if (!guest)
		return NULL;
	refcount_set(&guest->users, 1);
	INIT_LIST_HEAD(&guest->devices);
	INIT_WORK(&guest->destroy_work, guest_destroy);
	return guest;
}

void guest_put(struct guest *guest)
{
	if (refcount_dec_and_test(&guest->users))
		queue_work(guest_wq, &guest->destroy_work);
}
EXPORT_SYMBOL_GPL(guest_put);

static int __init guest_init(void)
{
	guest_wq = alloc_workqueue("guest-destroy", 0, 0);
	return guest_wq ? 0 : -ENOMEM;
}

static void __exit guest_exit(void)
{
	destroy_workqueue(guest_wq);
}

module_init(guest_init);
module_exit(guest_exit);

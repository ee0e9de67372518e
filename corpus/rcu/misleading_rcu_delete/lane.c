// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 003, the first complaint: _rcu in the destructor protects nobody here.
 * No reader can meet the deletion (each holds a reference) and no grace period
 * follows, so the code only looks like an RCU-protected list and misleads.
 */
#include <linux/kref.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct lane {
	struct kref kref;
	spinlock_t lock;
	struct list_head slots;
};

struct lane_slot {
	struct list_head node;
	u32 address;
};

struct lane *lane_create(void);
int lane_add_slot(struct lane *lane, u32 address);
bool lane_has_slot(struct lane *lane, u32 address);
void lane_put(struct lane *lane);

struct lane *lane_create(void)
{
	struct lane *lane = kzalloc(sizeof(*lane), GFP_KERNEL);

	if (!lane)
		return NULL;

	kref_init(&lane->kref);
	spin_lock_init(&lane->lock);
	INIT_LIST_HEAD(&lane->slots);
	return lane;
}

int lane_add_slot(struct lane *lane, u32 address)
{
	struct lane_slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL);

	if (!slot)
		return -ENOMEM;

	slot->address = address;
	spin_lock(&lane->lock);
	list_add_tail_rcu(&slot->node, &lane->slots);
	spin_unlock(&lane->lock);
	return 0;
}

/* The caller holds a reference to the lane. */
bool lane_has_slot(struct lane *lane, u32 address)
{
	struct lane_slot *slot;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(slot, &lane->slots, node) {
		if (slot->address == address) {
			found = true;
			break;
		}
	}
	rcu_read_unlock();

	return found;
}

static void lane_release(struct kref *kref)
{
	struct lane *lane = container_of(kref, struct lane, kref);
	struct lane_slot *slot, *next;

	list_for_each_entry_safe(slot, next, &lane->slots, node) {
		list_del_rcu(&slot->node); // latent rcu-not-an-rculist "no grace period follows any removal"
		kfree(slot);
	}
	kfree(lane);
}

void lane_put(struct lane *lane)
{
	kref_put(&lane->kref, lane_release);
}

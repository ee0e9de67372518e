// SPDX-License-Identifier: Apache-2.0
/* Classic: unlock, then put; and a put that sleeps only outside the spinlock. */
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct vessel {
	struct kref kref;
	struct mutex lock;
	struct work_struct drain;
	u64 level;
};

static DEFINE_SPINLOCK(current_lock);
static struct vessel *current_vessel;

void vessel_put(struct vessel *vessel);
void vessel_empty(struct vessel *vessel);
void vessel_forget_current(void);

static void vessel_release(struct kref *kref)
{
	struct vessel *vessel = container_of(kref, struct vessel, kref);

	flush_work(&vessel->drain);
	kfree(vessel);
}

void vessel_put(struct vessel *vessel)
{
	kref_put(&vessel->kref, vessel_release);
}

/* Consumes the caller's reference. */
void vessel_empty(struct vessel *vessel)
{
	mutex_lock(&vessel->lock);
	vessel->level = 0;
	mutex_unlock(&vessel->lock);
	vessel_put(vessel);
}

void vessel_forget_current(void)
{
	struct vessel *vessel;

	spin_lock(&current_lock);
	vessel = current_vessel;
	current_vessel = NULL;
	spin_unlock(&current_lock);

	if (vessel)
		vessel_put(vessel);
}

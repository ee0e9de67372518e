// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a put that may free the object whose lock is still to be unlocked, and
 * a put under a spinlock whose release sleeps.
 */
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
	vessel_put(vessel); // latent put-frees-held-lock "nobody else has a reference"
	mutex_unlock(&vessel->lock);
}

void vessel_forget_current(void)
{
	spin_lock(&current_lock);
	if (current_vessel)
		vessel_put(current_vessel); // want sleeping-put-in-atomic "may drop the last reference to struct vessel"
	current_vessel = NULL;
	spin_unlock(&current_lock);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the callback comes to the lock only in a case that cannot be, or is told not to. */
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct lease {
	struct kref kref;
	struct work_struct renew;
	struct work_struct report;
	u64 until;
};

static DEFINE_MUTEX(leases_lock);
static u64 leases_gone;

void lease_init(struct lease *lease);
void lease_end(struct lease *lease);

static void lease_release(struct kref *kref)
{
	struct lease *lease = container_of(kref, struct lease, kref);

	mutex_lock(&leases_lock);
	leases_gone++;
	mutex_unlock(&leases_lock);
	kfree(lease);
}

/* Whoever waits for the work has a reference, so that this is not the last. */
static void lease_renew(struct work_struct *work)
{
	struct lease *lease = container_of(work, struct lease, renew);

	lease->until++;
	kref_put(&lease->kref, lease_release);
}

static void leases_count(bool locked)
{
	if (!locked)
		mutex_lock(&leases_lock);
	leases_gone++;
	if (!locked)
		mutex_unlock(&leases_lock);
}

static void lease_report(struct work_struct *work)
{
	leases_count(true);
}

void lease_init(struct lease *lease)
{
	kref_init(&lease->kref);
	INIT_WORK(&lease->renew, lease_renew);
	INIT_WORK(&lease->report, lease_report);
}

void lease_end(struct lease *lease)
{
	mutex_lock(&leases_lock);
	cancel_work_sync(&lease->renew); // latent flush-under-lock "drops a last reference"
	cancel_work_sync(&lease->report); // excused flush-under-lock "told-by-argument"
	mutex_unlock(&leases_lock);
	kref_put(&lease->kref, lease_release);
}

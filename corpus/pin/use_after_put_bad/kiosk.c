// SPDX-License-Identifier: Apache-2.0
/* Classic: what is needed of the object is read after its reference was dropped. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct kiosk {
	refcount_t users;
	struct list_head node;
	u32 id;
	u32 papers;
};

static LIST_HEAD(kiosks);
static DEFINE_SPINLOCK(kiosks_lock);

void kiosk_put(struct kiosk *kiosk);
void kiosk_close(struct kiosk *kiosk);
int kiosk_papers(u32 id);

void kiosk_put(struct kiosk *kiosk)
{
	if (refcount_dec_and_test(&kiosk->users))
		kfree(kiosk);
}

static struct kiosk *kiosk_find(u32 id)
{
	struct kiosk *kiosk;

	spin_lock(&kiosks_lock);
	list_for_each_entry(kiosk, &kiosks, node) {
		if (kiosk->id == id && refcount_inc_not_zero(&kiosk->users)) {
			spin_unlock(&kiosks_lock);
			return kiosk;
		}
	}
	spin_unlock(&kiosks_lock);
	return NULL;
}

/* The list's own reference goes with the entry, at any time. */
void kiosk_close(struct kiosk *kiosk)
{
	spin_lock(&kiosks_lock);
	list_del(&kiosk->node);
	spin_unlock(&kiosks_lock);
	kiosk_put(kiosk);
}

int kiosk_papers(u32 id)
{
	struct kiosk *kiosk = kiosk_find(id);

	if (!kiosk)
		return -ENOENT;
	kiosk_put(kiosk);
	return kiosk->papers; // latent pin-use-after-put "whether something else keeps the object"
}

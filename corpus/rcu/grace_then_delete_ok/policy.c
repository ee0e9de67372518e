// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: readers reach the entries only through a pointer that is cleared
 * first; the grace period is waited for in a callee, and then the list is ours.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct policy_entry {
	struct list_head item;
	u32 subject;
};

struct policy {
	struct list_head entries;
};

static struct policy __rcu *active_policy;
static DEFINE_MUTEX(policy_lock);

bool policy_permits(u32 subject);
int policy_allow(u32 subject);
void policy_unload(void);

bool policy_permits(u32 subject)
{
	struct policy_entry *e;
	struct policy *p;
	bool permitted = false;

	rcu_read_lock();
	p = rcu_dereference(active_policy);
	if (p) {
		list_for_each_entry_rcu(e, &p->entries, item) {
			if (e->subject == subject) {
				permitted = true;
				break;
			}
		}
	}
	rcu_read_unlock();

	return permitted;
}

int policy_allow(u32 subject)
{
	struct policy_entry *e;
	struct policy *p;

	e = kmalloc(sizeof(*e), GFP_KERNEL);
	if (!e)
		return -ENOMEM;
	e->subject = subject;

	mutex_lock(&policy_lock);
	p = rcu_dereference_protected(active_policy, lockdep_is_held(&policy_lock));
	if (!p) {
		mutex_unlock(&policy_lock);
		kfree(e);
		return -ENOENT;
	}
	list_add_rcu(&e->item, &p->entries);
	mutex_unlock(&policy_lock);
	return 0;
}

static struct policy *policy_retire(void)
{
	struct policy *p;

	mutex_lock(&policy_lock);
	p = rcu_replace_pointer(active_policy, NULL, lockdep_is_held(&policy_lock));
	mutex_unlock(&policy_lock);
	synchronize_rcu();

	return p;
}

void policy_unload(void)
{
	struct policy *p = policy_retire();
	struct policy_entry *e, *tmp;

	if (!p)
		return;

	list_for_each_entry_safe(e, tmp, &p->entries, item) {
		list_del(&e->item); // excused rcu-list-plain-delete "after-grace-period"
		kfree(e);
	}
	kfree(p);
}

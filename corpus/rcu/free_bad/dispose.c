// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: between unlink and free the object visits a private list by a node of
 * its own, which makes no reader leave the first one.
 */
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct voucher {
	struct list_head node;
	struct list_head dispose;
	u32 code;
};

static LIST_HEAD(vouchers);
static DEFINE_SPINLOCK(vouchers_lock);

bool voucher_valid(u32 code);
int voucher_issue(u32 code);
void voucher_cancel(struct voucher *v);

bool voucher_valid(u32 code)
{
	struct voucher *v;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(v, &vouchers, node)
		found |= v->code == code;
	rcu_read_unlock();

	return found;
}

int voucher_issue(u32 code)
{
	struct voucher *v = kmalloc(sizeof(*v), GFP_KERNEL);

	if (!v)
		return -ENOMEM;

	v->code = code;
	spin_lock(&vouchers_lock);
	list_add_rcu(&v->node, &vouchers);
	spin_unlock(&vouchers_lock);
	return 0;
}

void voucher_cancel(struct voucher *v)
{
	LIST_HEAD(gone);

	spin_lock(&vouchers_lock);
	list_del_rcu(&v->node);
	list_add(&v->dispose, &gone);
	spin_unlock(&vouchers_lock);

	list_del(&v->dispose);
	kfree(v); // want rcu-free-without-grace-period "'v' is freed without a grace period.*struct voucher\.node"
}

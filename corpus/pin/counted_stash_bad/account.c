// SPDX-License-Identifier: Apache-2.0
/* Classic: the counted object. */
#include <linux/slab.h>

#include "account.h"

struct account *account_create(u32 uid)
{
	struct account *account = kzalloc(sizeof(*account), GFP_KERNEL);

	if (!account)
		return NULL;
	kref_init(&account->core.kref);
	account->core.uid = uid;
	return account;
}

struct account *account_get(struct account *account)
{
	kref_get(&account->core.kref);
	return account;
}

static void account_release(struct kref *kref)
{
	kfree(container_of(kref, struct account, core.kref));
}

void account_put(struct account *account)
{
	if (account)
		kref_put(&account->core.kref, account_release);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: a kref that is embedded one level down, with its get and put. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <linux/kref.h>
#include <linux/list.h>
#include <linux/types.h>

struct account_core {
	struct kref kref;
	u32 uid;
};

struct account {
	struct account_core core;
	struct list_head node;
	u64 balance;
};

struct account *account_create(u32 uid);
struct account *account_get(struct account *account);
void account_put(struct account *account);

#endif

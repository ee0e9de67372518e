// SPDX-License-Identifier: Apache-2.0
/* Thread 001 and classic: the same operations, each with its reference in order. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct wallet {
	refcount_t refs;
	struct list_head node;
	u32 id;
	u64 coins;
};

static LIST_HEAD(wallets);
static DEFINE_SPINLOCK(wallets_lock);

struct wallet *wallet_find(u32 id);
void wallet_put(struct wallet *wallet);
int wallet_charge(u32 id, u64 coins);
u64 wallet_drain(struct wallet *wallet);
int wallet_merge(u32 from, u32 to);
void wallet_touch(struct wallet *wallet);

void wallet_put(struct wallet *wallet)
{
	if (refcount_dec_and_test(&wallet->refs)) {
		spin_lock(&wallets_lock);
		list_del(&wallet->node);
		spin_unlock(&wallets_lock);
		kfree(wallet);
	}
}

struct wallet *wallet_find(u32 id)
{
	struct wallet *wallet;

	spin_lock(&wallets_lock);
	list_for_each_entry(wallet, &wallets, node) {
		if (wallet->id == id && refcount_inc_not_zero(&wallet->refs)) {
			spin_unlock(&wallets_lock);
			return wallet;
		}
	}
	spin_unlock(&wallets_lock);

	return NULL;
}

int wallet_charge(u32 id, u64 coins)
{
	struct wallet *wallet = wallet_find(id);
	int ret = -EDQUOT;

	if (!wallet)
		return -ENOENT;
	if (wallet->coins >= coins) {
		wallet->coins -= coins;
		ret = 0;
	}
	wallet_put(wallet);
	return ret;
}

/* Consumes the caller's reference. */
u64 wallet_drain(struct wallet *wallet)
{
	u64 coins = wallet->coins;

	wallet_put(wallet);
	return coins;
}

int wallet_merge(u32 from, u32 to)
{
	struct wallet *src, *dst;
	int ret = -ENOENT;

	src = wallet_find(from);
	if (!src)
		return ret;

	dst = wallet_find(to);
	if (!dst)
		goto put_src;

	dst->coins += src->coins;
	src->coins = 0;
	ret = 0;
	wallet_put(dst);

put_src:
	wallet_put(src);
	return ret;
}

void wallet_touch(struct wallet *wallet)
{
	if (!refcount_inc_not_zero(&wallet->refs))
		return;
	wallet->coins++;
	wallet_put(wallet);
}

// SPDX-License-Identifier: Apache-2.0
/* Thread 001 and classic: references that are leaked, revived, used up, unheld. */
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

/* The count may be zero already: wallet_put() takes the lock only after that. */
struct wallet *wallet_find(u32 id)
{
	struct wallet *wallet;

	spin_lock(&wallets_lock);
	list_for_each_entry(wallet, &wallets, node) {
		if (wallet->id == id) {
			refcount_inc(&wallet->refs); // want pin-get-from-zero "refcount_inc\(\) of an entry of 'struct wallet\.node' whose count may be zero"
			spin_unlock(&wallets_lock);
			return wallet;
		}
	}
	spin_unlock(&wallets_lock);

	return NULL;
}

int wallet_charge(u32 id, u64 coins)
{
	struct wallet *wallet = wallet_find(id); // want pin-leak "the reference from wallet_find\(\) leaks when wallet->coins < coins"

	if (!wallet)
		return -ENOENT;
	if (wallet->coins < coins)
		return -EDQUOT;
	wallet->coins -= coins;
	wallet_put(wallet);
	return 0;
}

/* Consumes the caller's reference, and looks back. */
u64 wallet_drain(struct wallet *wallet)
{
	wallet_put(wallet);
	return wallet->coins; // false-negative pin-use-after-put "whether the caller holds another reference is not asked"
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
		goto put_both;

	dst->coins += src->coins;
	src->coins = 0;
	ret = 0;

put_both:
	wallet_put(dst); // want pin-put-unheld "wallet_put\(\) without a reference: 'dst' is NULL"
	wallet_put(src);
	return ret;
}

/* The answer of the try-get is thrown away. */
void wallet_touch(struct wallet *wallet)
{
	bool alive __maybe_unused;

	alive = refcount_inc_not_zero(&wallet->refs); // want pin-get-from-zero "the result of refcount_inc_not_zero\(\) is ignored"
	wallet->coins++;
	wallet_put(wallet);
}

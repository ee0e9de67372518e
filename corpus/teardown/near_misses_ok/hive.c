// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a look-up gets a reference and drops it under the lock. Whoever takes
 * the object off the list does so before he drops his, and waits for the lock:
 * the look-up's is never the last, though the release takes the lock as well.
 */
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct hive {
	struct list_head node;
	refcount_t users;
	int bees;
};

static LIST_HEAD(hives);
static DEFINE_MUTEX(hives_lock);
static int hives_gone;

void hive_put(struct hive *hive);
void hive_remove(struct hive *hive);
int hives_count(void);

static void hive_free(struct hive *hive)
{
	mutex_lock(&hives_lock);
	if (!list_empty(&hive->node))
		list_del_init(&hive->node);
	hives_gone++;
	mutex_unlock(&hives_lock);
	kfree(hive);
}

void hive_put(struct hive *hive)
{
	if (refcount_dec_and_test(&hive->users))
		hive_free(hive);
}

void hive_remove(struct hive *hive)
{
	mutex_lock(&hives_lock);
	list_del_init(&hive->node);
	mutex_unlock(&hives_lock);
	hive_put(hive);
}

int hives_count(void)
{
	struct hive *hive;
	int bees = 0;

	mutex_lock(&hives_lock);
	list_for_each_entry(hive, &hives, node) {
		if (!refcount_inc_not_zero(&hive->users))
			continue;
		bees += hive->bees;
		hive_put(hive); // latent final-put-under-lock "nobody else has a reference"
	}
	mutex_unlock(&hives_lock);
	return bees;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: what is to be freed is collected on a list of the caller's before the
 * wait, by the very node that readers walk: one who stands on it goes on there,
 * takes the head on the stack for a node and never meets his own head, while the
 * updater waits for him.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct badge {
	struct list_head node;
	u32 id;
};

struct gate {
	struct list_head badges;
	struct mutex lock;
};

bool gate_knows(struct gate *gate, u32 id);
void gate_admit(struct gate *gate, struct badge *badge);
void gate_close(struct gate *gate);
void gates_close(struct gate *left, struct gate *right);

bool gate_knows(struct gate *gate, u32 id)
{
	struct badge *badge;
	bool known = false;

	rcu_read_lock();
	list_for_each_entry_rcu(badge, &gate->badges, node)
		known |= badge->id == id;
	rcu_read_unlock();
	return known;
}

void gate_admit(struct gate *gate, struct badge *badge)
{
	mutex_lock(&gate->lock);
	list_add_rcu(&badge->node, &gate->badges);
	mutex_unlock(&gate->lock);
}

static void badge_revoke(struct badge *badge)
{
	badge->id = 0;
	list_del_rcu(&badge->node);
}

static void gate_collect(struct gate *gate, struct list_head *gone)
{
	struct badge *badge, *next;

	mutex_lock(&gate->lock);
	list_for_each_entry_safe(badge, next, &gate->badges, node) {
		badge_revoke(badge);
		list_add_tail(&badge->node, gone); // want rcu-double-insert "'badge' is put on a list again with list_add_tail"
	}
	mutex_unlock(&gate->lock);
}

static void badges_free(struct list_head *gone)
{
	struct badge *badge, *next;

	synchronize_rcu();
	list_for_each_entry_safe(badge, next, gone, node)
		kfree(badge);
}

void gate_close(struct gate *gate)
{
	LIST_HEAD(gone);

	gate_collect(gate, &gone);
	badges_free(&gone);
}

void gates_close(struct gate *left, struct gate *right)
{
	LIST_HEAD(gone);

	gate_collect(left, &gone);
	gate_collect(right, &gone);
	badges_free(&gone);
}

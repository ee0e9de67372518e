// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: one node field serves the published list and the private one of the
 * reaper; nodes change over only through _rcu and a grace period.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct task {
	struct list_head node;
	unsigned long deadline;
};

static LIST_HEAD(live_tasks);
static DEFINE_MUTEX(tasks_lock);

bool task_overdue(unsigned long now);
int task_start(unsigned long deadline);
void tasks_expire(unsigned long now);
void tasks_drain(void);

bool task_overdue(unsigned long now)
{
	struct task *task;
	bool overdue = false;

	rcu_read_lock();
	list_for_each_entry_rcu(task, &live_tasks, node)
		overdue |= time_after(now, task->deadline);
	rcu_read_unlock();

	return overdue;
}

int task_start(unsigned long deadline)
{
	struct task *task = kmalloc(sizeof(*task), GFP_KERNEL);

	if (!task)
		return -ENOMEM;

	task->deadline = deadline;
	mutex_lock(&tasks_lock);
	list_add_tail_rcu(&task->node, &live_tasks);
	mutex_unlock(&tasks_lock);
	return 0;
}

static void tasks_free(struct list_head *gone)
{
	struct task *task;

	while (!list_empty(gone)) {
		task = list_first_entry(gone, struct task, node);
		list_del(&task->node); // excused rcu-list-plain-delete "private-list"
		kfree(task);
	}
}

/* One grace period for each: slow, but simple. */
void tasks_expire(unsigned long now)
{
	struct task *task, *tmp;
	LIST_HEAD(gone);

	mutex_lock(&tasks_lock);
	list_for_each_entry_safe(task, tmp, &live_tasks, node) {
		if (time_before(now, task->deadline))
			continue;
		list_del_rcu(&task->node);
		synchronize_rcu();
		list_add(&task->node, &gone);
	}
	mutex_unlock(&tasks_lock);

	tasks_free(&gone);
}

/* The splice itself waits for the readers of the old list. */
void tasks_drain(void)
{
	LIST_HEAD(gone);

	mutex_lock(&tasks_lock);
	list_splice_init_rcu(&live_tasks, &gone, synchronize_rcu);
	mutex_unlock(&tasks_lock);

	tasks_free(&gone);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: one node field serves two lists. Leaving the published one plainly is
 * the bug; leaving the reaper's private one plainly is right.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct job {
	struct list_head node;
	unsigned long deadline;
};

static LIST_HEAD(running_jobs);
static LIST_HEAD(dead_jobs);
static DEFINE_MUTEX(jobs_lock);

static void job_reap(struct work_struct *work);
static DECLARE_WORK(job_reaper, job_reap);

bool job_overdue(unsigned long now);
int job_start(unsigned long deadline);
void job_stop(struct job *job);

bool job_overdue(unsigned long now)
{
	struct job *job;
	bool overdue = false;

	rcu_read_lock();
	list_for_each_entry_rcu(job, &running_jobs, node)
		overdue |= time_after(now, job->deadline);
	rcu_read_unlock();

	return overdue;
}

int job_start(unsigned long deadline)
{
	struct job *job = kmalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return -ENOMEM;

	job->deadline = deadline;
	mutex_lock(&jobs_lock);
	list_add_tail_rcu(&job->node, &running_jobs);
	mutex_unlock(&jobs_lock);
	return 0;
}

void job_stop(struct job *job)
{
	mutex_lock(&jobs_lock);
	list_del(&job->node); // want rcu-list-plain-delete "plain list_del\(\).*struct job\.node"
	list_add_tail(&job->node, &dead_jobs);
	mutex_unlock(&jobs_lock);
	schedule_work(&job_reaper);
}

static void job_reap(struct work_struct *work)
{
	struct job *job, *tmp;
	LIST_HEAD(reap);

	mutex_lock(&jobs_lock);
	list_splice_init(&dead_jobs, &reap);
	mutex_unlock(&jobs_lock);

	synchronize_rcu();

	list_for_each_entry_safe(job, tmp, &reap, node) {
		list_del(&job->node); // excused rcu-list-plain-delete "private-list"
		kfree(job);
	}
}

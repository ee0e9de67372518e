// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a node that moves at once where no reader is lost: in its own list,
 * on lists that end with NULL, and where the readers are kept out.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>

/* To the end of the same list: a reader skips the nodes between. */
struct job {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(jobs);
static DEFINE_SPINLOCK(jobs_lock);

/* To another chain of a table: a reader comes to that chain's end. */
struct route {
	struct hlist_node node;
	u32 key;
};

static struct hlist_head routes[16];
static DEFINE_SPINLOCK(routes_lock);

/* Every reader takes the updater's mutex. */
struct task {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(running);
static LIST_HEAD(stopped);
static DEFINE_MUTEX(tasks_lock);

bool job_known(u32 id);
void job_add(struct job *job);
void job_requeue(struct job *job);
bool route_known(u32 key);
void route_rehash(struct route *route, u32 key);
bool task_runs(u32 id);
void task_stop(struct task *task);

bool job_known(u32 id)
{
	struct job *job;
	bool known = false;

	rcu_read_lock();
	list_for_each_entry_rcu(job, &jobs, node)
		known |= job->id == id;
	rcu_read_unlock();
	return known;
}

void job_add(struct job *job)
{
	spin_lock(&jobs_lock);
	list_add_rcu(&job->node, &jobs);
	spin_unlock(&jobs_lock);
}

void job_requeue(struct job *job)
{
	spin_lock(&jobs_lock);
	list_del_rcu(&job->node);
	list_add_tail_rcu(&job->node, &jobs); // latent rcu-double-insert "it may be the same list"
	spin_unlock(&jobs_lock);
}

bool route_known(u32 key)
{
	struct route *route;
	bool known = false;

	rcu_read_lock();
	hlist_for_each_entry_rcu(route, &routes[key & 15], node)
		known |= route->key == key;
	rcu_read_unlock();
	return known;
}

void route_rehash(struct route *route, u32 key)
{
	spin_lock(&routes_lock);
	hlist_del_rcu(&route->node);
	route->key = key;
	hlist_add_head_rcu(&route->node, &routes[key & 15]); // latent rcu-double-insert "comes to an end"
	spin_unlock(&routes_lock);
}

bool task_runs(u32 id)
{
	struct task *task;
	bool runs = false;

	mutex_lock(&tasks_lock);
	list_for_each_entry_rcu(task, &running, node)
		runs |= task->id == id;
	mutex_unlock(&tasks_lock);
	return runs;
}

void task_stop(struct task *task)
{
	mutex_lock(&tasks_lock);
	list_del_rcu(&task->node);
	list_add(&task->node, &stopped); // excused rcu-double-insert "no-lockless-reader"
	mutex_unlock(&tasks_lock);
}

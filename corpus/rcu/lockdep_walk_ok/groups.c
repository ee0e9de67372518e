// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: _rcu insertion and _rcu iterators, but every walk runs under the
 * mutex of the deleter; the lockdep condition of the iterator says so.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct group_member {
	struct list_head peers;
	int pid;
};

static LIST_HEAD(members);
static DEFINE_MUTEX(members_lock);

int group_count(void);
bool group_contains(int pid);
int group_join(int pid);
void group_leave(int pid);

static struct group_member *group_find(int pid)
{
	struct group_member *m;

	lockdep_assert_held(&members_lock);

	list_for_each_entry_rcu(m, &members, peers,
				lockdep_is_held(&members_lock)) {
		if (m->pid == pid)
			return m;
	}
	return NULL;
}

int group_count(void)
{
	struct group_member *m;
	int n = 0;

	mutex_lock(&members_lock);
	list_for_each_entry_rcu(m, &members, peers,
				lockdep_is_held(&members_lock))
		n++;
	mutex_unlock(&members_lock);

	return n;
}

bool group_contains(int pid)
{
	guard(mutex)(&members_lock);

	return group_find(pid) != NULL;
}

int group_join(int pid)
{
	struct group_member *m = kmalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;

	m->pid = pid;
	mutex_lock(&members_lock);
	list_add_tail_rcu(&m->peers, &members);
	mutex_unlock(&members_lock);
	return 0;
}

void group_leave(int pid)
{
	struct group_member *m;

	mutex_lock(&members_lock);
	m = group_find(pid);
	if (m)
		list_del(&m->peers); // excused rcu-list-plain-delete "no-lockless-reader"
	mutex_unlock(&members_lock);
	kfree(m);
}

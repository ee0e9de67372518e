// SPDX-License-Identifier: Apache-2.0
/* Classic: a helper waits for the work only for those who are not the work, and is told so. */
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct session {
	struct mutex lock;
	struct work_struct work;
	struct delayed_work expire;
	u64 users;
};

void session_init(struct session *session);
void session_logout(struct session *session);
void session_close(struct session *session);

static void session_put(struct session *session, bool wait)
{
	if (!session->users)
		return;
	if (wait)
		cancel_work_sync(&session->work); // excused flush-under-lock "told-by-argument"
	kfree(session);
}

static void session_work(struct work_struct *work)
{
	struct session *session = container_of(work, struct session, work);

	session_put(session, false);
}

/* The lock is for those alone who name an owner. */
static void session_account(struct session *session, struct session *owner)
{
	if (owner)
		mutex_lock(&session->lock);
	session->users++;
	if (owner)
		mutex_unlock(&session->lock);
}

static void session_expire(struct work_struct *work)
{
	struct session *session = container_of(to_delayed_work(work), struct session, expire);

	session_account(session, NULL);
}

void session_init(struct session *session)
{
	mutex_init(&session->lock);
	INIT_WORK(&session->work, session_work);
	INIT_DELAYED_WORK(&session->expire, session_expire);
}

void session_logout(struct session *session)
{
	session_put(session, true);
}

void session_close(struct session *session)
{
	mutex_lock(&session->lock);
	cancel_delayed_work_sync(&session->expire); // excused flush-under-lock "told-by-argument"
	mutex_unlock(&session->lock);
	session_account(session, session);
}

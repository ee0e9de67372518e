// SPDX-License-Identifier: Apache-2.0
/* Classic: a helper waits for the work only if it is told to, and the work tells it on one way. */
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#define swap(a, b) \
	do { typeof(a) __tmp = (a); (a) = (b); (b) = __tmp; } while (0)

struct session {
	struct mutex lock;
	struct work_struct work;
	struct delayed_work expire;
	struct work_struct swapped;
	bool broken;
	u64 users;
};

void session_init(struct session *session);
void session_close(struct session *session);

static void session_put(struct session *session, bool wait)
{
	if (wait)
		cancel_work_sync(&session->work); // latent flush-under-lock "on a condition only"
	kfree(session);
}

static void session_break(struct session *session)
{
	session_put(session, true);
}

static void session_work(struct work_struct *work)
{
	struct session *session = container_of(work, struct session, work);

	if (session->broken)
		session_break(session);
	else
		session_put(session, false);
}

/* What it was told does not stay. */
static void session_account(struct session *session, bool locked)
{
	if (locked)
		locked = !session->broken;
	if (!locked)
		mutex_lock(&session->lock);
	session->users++;
	if (!locked)
		mutex_unlock(&session->lock);
}

static void session_expire(struct work_struct *work)
{
	struct session *session = container_of(to_delayed_work(work), struct session, expire);

	session_account(session, true);
}

/* A macro assigns what it is given. */
static void session_swap(struct session *session, bool wait)
{
	swap(wait, session->broken);
	if (wait)
		cancel_work_sync(&session->swapped); // latent flush-under-lock "a test before it may tell"
}

static void session_swapped(struct work_struct *work)
{
	struct session *session = container_of(work, struct session, swapped);

	session_swap(session, false);
}

void session_init(struct session *session)
{
	mutex_init(&session->lock);
	INIT_WORK(&session->work, session_work);
	INIT_WORK(&session->swapped, session_swapped);
	INIT_DELAYED_WORK(&session->expire, session_expire);
}

void session_close(struct session *session)
{
	mutex_lock(&session->lock);
	cancel_delayed_work_sync(&session->expire); // latent flush-under-lock "only if a parameter tells it to"
	mutex_unlock(&session->lock);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: waits under a lock of the same name that is another one, or is not waited for. */
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct channel {
	struct mutex lock;
	struct semaphore busy;
	struct work_struct work;
	struct work_struct poll;
	struct channel *next;
	u64 seen;
};

struct engine {
	struct channel channels[4];
};

struct meter {
	struct mutex lock;
	u64 total;
};

static struct meter reads;
static struct meter writes;
static struct work_struct writes_work;

void channel_init(struct channel *channel);
void engine_stop(struct engine *engine);
void channel_stop_next(struct channel *channel);
void channel_stop_poll(struct channel *channel);
void meters_init(void);
void meters_stop(void);

static void channel_work(struct work_struct *work)
{
	struct channel *channel = container_of(work, struct channel, work);

	mutex_lock(&channel->lock);
	channel->seen++;
	mutex_unlock(&channel->lock);
}

/* It gives up where somebody has the semaphore. */
static void channel_poll(struct work_struct *work)
{
	struct channel *channel = container_of(work, struct channel, poll);

	if (down_trylock(&channel->busy))
		return;
	channel->seen++;
	up(&channel->busy);
}

void channel_init(struct channel *channel)
{
	mutex_init(&channel->lock);
	sema_init(&channel->busy, 1);
	INIT_WORK(&channel->work, channel_work);
	INIT_WORK(&channel->poll, channel_poll);
}

/* Of an array only some element is known. */
void engine_stop(struct engine *engine)
{
	int i;

	mutex_lock(&engine->channels[0].lock);
	for (i = 1; i < 4; i++)
		cancel_work_sync(&engine->channels[i].work); // latent flush-under-lock "same object is not shown"
	mutex_unlock(&engine->channels[0].lock);
}

/* The variable names another object by then. */
void channel_stop_next(struct channel *channel)
{
	struct channel *first = channel;

	mutex_lock(&channel->lock);
	channel = channel->next;
	cancel_work_sync(&channel->work); // latent flush-under-lock "same object is not shown"
	mutex_unlock(&first->lock);
}

void channel_stop_poll(struct channel *channel)
{
	down(&channel->busy);
	cancel_work_sync(&channel->poll);
	up(&channel->busy);
}

/* Two variables of one struct. */
static void writes_flush(struct work_struct *work)
{
	mutex_lock(&writes.lock);
	writes.total = 0;
	mutex_unlock(&writes.lock);
}

void meters_init(void)
{
	mutex_init(&reads.lock);
	mutex_init(&writes.lock);
	INIT_WORK(&writes_work, writes_flush);
}

void meters_stop(void)
{
	mutex_lock(&reads.lock);
	cancel_work_sync(&writes_work); // latent flush-under-lock "same object is not shown"
	mutex_unlock(&reads.lock);
}

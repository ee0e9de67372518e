// SPDX-License-Identifier: Apache-2.0
/* Classic: the flag is set under the lock, the wait comes after it. */
#include <linux/jiffies.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct pump {
	struct mutex lock;
	struct work_struct work;
	struct delayed_work poll;
	bool running;
	u64 ticks;
};

void pump_init(struct pump *pump);
void pump_stop(struct pump *pump);

static void pump_work(struct work_struct *work)
{
	struct pump *pump = container_of(work, struct pump, work);

	mutex_lock(&pump->lock);
	pump->ticks++;
	mutex_unlock(&pump->lock);
}

static void pump_poll(struct work_struct *work)
{
	struct pump *pump = container_of(to_delayed_work(work), struct pump, poll);

	if (!READ_ONCE(pump->running))
		return;
	schedule_work(&pump->work);
	schedule_delayed_work(&pump->poll, HZ);
}

void pump_init(struct pump *pump)
{
	mutex_init(&pump->lock);
	INIT_WORK(&pump->work, pump_work);
	INIT_DELAYED_WORK(&pump->poll, pump_poll);
	pump->running = true;
	schedule_delayed_work(&pump->poll, HZ);
}

void pump_stop(struct pump *pump)
{
	mutex_lock(&pump->lock);
	WRITE_ONCE(pump->running, false);
	mutex_unlock(&pump->lock);

	cancel_delayed_work_sync(&pump->poll);
	cancel_work_sync(&pump->work);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: the callers hold the lock; one of them names it as the work does, another by a path of its own. */
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct clock {
	struct mutex lock;
	struct work_struct check;
	struct work_struct tick;
	struct list_head link;
	u64 time;
};

struct board {
	struct clock *clock;
};

void clock_init(struct clock *clock);
void clock_set(struct clock *clock, u64 time);
void board_set(struct board *board, u64 time);
void boards_tick(struct board *board, struct board *other);

static void clock_check(struct work_struct *work)
{
	struct clock *clock = container_of(work, struct clock, check);

	mutex_lock(&clock->lock);
	clock->time++;
	mutex_unlock(&clock->lock);
}

static void clock_tick(struct work_struct *work)
{
	struct clock *clock = container_of(work, struct clock, tick);

	mutex_lock(&clock->lock);
	clock->time++;
	mutex_unlock(&clock->lock);
}

static void clock_stop(struct clock *clock)
{
	cancel_work_sync(&clock->check); // want flush-under-lock "waits for clock_check\(\), which takes 'struct clock.lock'"
}

/* No caller names the clock whose work it is. */
static void clock_silence(struct clock *clock)
{
	cancel_work_sync(&clock->tick); // latent flush-under-lock "same object is not shown"
}

void clock_init(struct clock *clock)
{
	mutex_init(&clock->lock);
	INIT_WORK(&clock->check, clock_check);
	INIT_WORK(&clock->tick, clock_tick);
}

void clock_set(struct clock *clock, u64 time)
{
	mutex_lock(&clock->lock);
	clock_stop(clock);
	clock->time = time;
	mutex_unlock(&clock->lock);
}

static struct clock *board_clock(struct board *board)
{
	return board->clock;
}

void board_set(struct board *board, u64 time)
{
	struct clock *clock = board->clock;

	mutex_lock(&clock->lock);
	clock_stop(board_clock(board));
	clock->time = time;
	mutex_unlock(&clock->lock);
}

void boards_tick(struct board *board, struct board *other)
{
	mutex_lock(&board->clock->lock);
	clock_silence(other->clock);
	mutex_unlock(&board->clock->lock);
}

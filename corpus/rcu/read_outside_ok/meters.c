// SPDX-License-Identifier: Apache-2.0
/* Classic: walks outside of a section that are right, one for each reason. */
#include <linux/init.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/timer.h>

/* Formats are registered and never taken back. */
struct format {
	struct list_head node;
	u32 id;
};

static LIST_HEAD(formats);
static DEFINE_MUTEX(formats_lock);

bool format_known(u32 id);
void format_register(struct format *format);

bool format_known(u32 id)
{
	struct format *format;
	bool known = false;

	list_for_each_entry_rcu(format, &formats, node) // excused rcu-read-outside-section "add-only"
		known |= format->id == id;
	return known;
}

void format_register(struct format *format)
{
	mutex_lock(&formats_lock);
	list_add_rcu(&format->node, &formats);
	mutex_unlock(&formats_lock);
}

struct meter {
	struct list_head node;
	struct rcu_head rcu;
	u32 id;
};

struct board {
	struct kref kref;
	struct list_head meters;
	struct timer_list timer;
	struct mutex lock;
};

bool board_has(struct board *board, u32 id);
u32 board_count(struct board *board);
u32 board_sum(struct board *board);
void board_drop(struct board *board, struct meter *meter);
void board_put(struct board *board);
void board_start(struct board *board);

static struct board main_board;

bool board_has(struct board *board, u32 id)
{
	struct meter *meter;
	bool has = false;

	rcu_read_lock();
	list_for_each_entry_rcu(meter, &board->meters, node)
		has |= meter->id == id;
	rcu_read_unlock();
	return has;
}

u32 board_count(struct board *board)
{
	struct meter *meter;
	u32 count = 0;

	list_for_each_entry_rcu(meter, &board->meters, node, lockdep_is_held(&board->lock)) // excused rcu-read-outside-section "lockdep-condition"
		count++;
	return count;
}

u32 board_sum(struct board *board)
{
	struct meter *meter;
	u32 sum = 0;

	mutex_lock(&board->lock);
	list_for_each_entry_rcu(meter, &board->meters, node) // excused rcu-read-outside-section "updater-lock"
		sum += meter->id;
	mutex_unlock(&board->lock);
	return sum;
}

void board_drop(struct board *board, struct meter *meter)
{
	mutex_lock(&board->lock);
	list_del_rcu(&meter->node);
	mutex_unlock(&board->lock);
	kfree_rcu(meter, rcu);
}

static void board_release(struct kref *kref)
{
	struct board *board = container_of(kref, struct board, kref);
	struct meter *meter;

	list_for_each_entry_rcu(meter, &board->meters, node) // excused rcu-read-outside-section "last-reference-gone"
		meter->id = 0;
	kfree(board);
}

void board_put(struct board *board)
{
	kref_put(&board->kref, board_release);
}

/* Timers run in softirqs, which are read-side sections. */
static void board_tick(struct timer_list *timer)
{
	struct board *board = from_timer(board, timer, timer);
	struct meter *meter;

	list_for_each_entry_rcu(meter, &board->meters, node)
		meter->id++;
}

void board_start(struct board *board)
{
	timer_setup(&board->timer, board_tick, 0);
}

/* So are regions without softirqs, and another region that ends inside ends no section. */
static void board_poll(struct board *board)
{
	struct meter *meter;

	rcu_read_lock();
	local_bh_disable();
	board->timer.expires++;
	local_bh_enable();
	list_for_each_entry_rcu(meter, &board->meters, node)
		meter->id++;
	rcu_read_unlock();

	local_bh_disable();
	list_for_each_entry_rcu(meter, &board->meters, node)
		meter->id++;
	local_bh_enable();
}

static int __init board_init(void)
{
	struct meter *meter;

	board_poll(&main_board);
	list_for_each_entry_rcu(meter, &main_board.meters, node) // excused rcu-read-outside-section "init-or-exit"
		meter->id = 0;
	return 0;
}

module_init(board_init);

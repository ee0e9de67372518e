// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: not all ways into the reader are known, and on the one that is the
 * work item holds the updater's lock. Who uses the table may hold it as well.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct filter {
	struct list_head node;
	int port;
};

struct switchboard {
	struct work_struct work;
	struct list_head filters;
	struct mutex lock;
};

struct switchboard_hooks {
	int (*program)(struct switchboard *board);
};

int port_enable(struct switchboard *board, int port);
void switchboard_offer(const struct switchboard_hooks *hooks);
void switchboard_start(struct switchboard *board);
void filter_add(struct switchboard *board, struct filter *filter);
void filter_drop(struct switchboard *board, int port);

static int program_filters(struct switchboard *board)
{
	struct filter *filter;
	int err = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(filter, &board->filters, node) {
		err = port_enable(board, filter->port);
		if (err)
			break;
	}
	rcu_read_unlock();
	return err;
}

static const struct switchboard_hooks hooks = { .program = program_filters };

static void switchboard_work(struct work_struct *work)
{
	struct switchboard *board = container_of(work, struct switchboard, work);

	mutex_lock(&board->lock);
	program_filters(board);
	mutex_unlock(&board->lock);
}

void switchboard_start(struct switchboard *board)
{
	INIT_WORK(&board->work, switchboard_work);
	switchboard_offer(&hooks);
}

void filter_add(struct switchboard *board, struct filter *filter)
{
	mutex_lock(&board->lock);
	list_add_rcu(&filter->node, &board->filters);
	mutex_unlock(&board->lock);
}

void filter_drop(struct switchboard *board, int port)
{
	struct filter *filter, *next;

	mutex_lock(&board->lock);
	list_for_each_entry_safe(filter, next, &board->filters, node) {
		if (filter->port != port)
			continue;
		list_del_rcu(&filter->node);
		kfree(filter); // latent rcu-free-without-grace-period "not all ways into the readers are known"
	}
	mutex_unlock(&board->lock);
}

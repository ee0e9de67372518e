// SPDX-License-Identifier: Apache-2.0
/* Classic: complete_all() for those of today and tomorrow; a wait that re-tests. */
#include <linux/completion.h>
#include <linux/sched.h>
#include <linux/wait.h>

struct gate {
	struct completion opened;
	wait_queue_head_t drained;
	unsigned int inside;
};

void gate_init(struct gate *gate);
void gate_enter(struct gate *gate);
void gate_leave(struct gate *gate);
void gate_open(struct gate *gate);
void gate_drain(struct gate *gate);

void gate_init(struct gate *gate)
{
	init_completion(&gate->opened);
	init_waitqueue_head(&gate->drained);
}

/* Any number of threads. */
void gate_enter(struct gate *gate)
{
	wait_for_completion(&gate->opened);
}

void gate_leave(struct gate *gate)
{
	WRITE_ONCE(gate->inside, 0);
	wake_up(&gate->drained);
}

/* Called once, when the gate is set up for good. */
void gate_open(struct gate *gate)
{
	complete_all(&gate->opened);
}

void gate_drain(struct gate *gate)
{
	DEFINE_WAIT(wait);

	for (;;) {
		prepare_to_wait(&gate->drained, &wait, TASK_UNINTERRUPTIBLE);
		if (!READ_ONCE(gate->inside))
			break;
		schedule();
	}
	finish_wait(&gate->drained, &wait);
}

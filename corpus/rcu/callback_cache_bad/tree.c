// SPDX-License-Identifier: Apache-2.0
/* Classic: on several processors who waits for queued frees does not wait for other callbacks. */
#include <linux/workqueue.h>

static struct work_struct slab_work;

void slab_barrier(void);

void slab_barrier(void)
{
	flush_work(&slab_work);
}

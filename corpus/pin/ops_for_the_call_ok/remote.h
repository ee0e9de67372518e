// SPDX-License-Identifier: Apache-2.0
/* Classic: run a function elsewhere. */
#ifndef REMOTE_H
#define REMOTE_H

#include <linux/types.h>

int remote_call(void (*func)(void *info), void *info, bool wait);
void remote_run(void);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Classic: the provider's interface. */
#ifndef CLOCK_H
#define CLOCK_H

#include <linux/types.h>

u64 clock_ticks(void);

#endif

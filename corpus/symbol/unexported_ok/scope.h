// SPDX-License-Identifier: Apache-2.0
/* Functions that other code looks up by name. */
#ifndef SCOPE_H
#define SCOPE_H

int scope_trigger(int level);
int scope_sample(void);
int scope_calibrate(void);
int arch_cycle_counter(void);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Thread 002: a provider that is reached symbol by symbol. */
#ifndef PORTAL_H
#define PORTAL_H

#include <linux/fs.h>

struct portal_group;

struct portal_group *portal_group_get(struct file *file);
void portal_group_put(struct portal_group *group);
int portal_group_id(struct portal_group *group);
long portal_check_extension(struct portal_group *group, unsigned long arg);

#endif

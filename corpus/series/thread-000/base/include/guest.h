// SPDX-License-Identifier: Apache-2.0
/* Thread 000: the guest of the hypervisor module. */
#ifndef GUEST_H
#define GUEST_H

#include <linux/fs.h>
#include <linux/refcount.h>

struct guest {
	refcount_t users;
	struct file *group_file;
};

struct guest *guest_create(void);
bool guest_get_safe(struct guest *guest);
void guest_put(struct guest *guest);
int guest_set_group(struct guest *guest, unsigned int fd);
void guest_clear_group(struct guest *guest);

#endif

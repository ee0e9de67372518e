// SPDX-License-Identifier: Apache-2.0
/* Thread 000: outsiders hold a guest by its file and by nothing else. */
#ifndef GUEST_H
#define GUEST_H

#include <linux/fs.h>

int guest_open(void);
bool file_is_guest(struct file *file);
int guest_file_id(struct file *file);

#endif

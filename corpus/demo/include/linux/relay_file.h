// SPDX-License-Identifier: Apache-2.0
/*
 * A relay: devices that user space drives through a file. The hypervisor must not
 * depend on this module, and looks these functions up by name.
 */
#ifndef LINUX_RELAY_FILE_H
#define LINUX_RELAY_FILE_H

#include <linux/types.h>

struct file;
struct gate;
struct gate_helpers;

struct relay_file_ops {
	int (*kick)(struct file *file);
};

const struct relay_file_ops *relay_file_get_ops(struct file *file);
void relay_file_set_gate(struct file *file, struct gate *gate,
			 const struct gate_helpers *helpers);
bool relay_file_is_coherent(struct file *file);
int relay_file_version(struct file *file);
int relay_file_claim(struct file *file);
int relay_file_id(struct file *file);
int relay_file_reset(struct file *file);

#endif

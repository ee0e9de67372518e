// SPDX-License-Identifier: Apache-2.0
/* Thread 002: the layering the other way round, one registration call. */
#ifndef HYPER_H
#define HYPER_H

#include <linux/fs.h>
#include <linux/module.h>

struct hyper_device_ops {
	struct module *owner;
	const char *name;
	int (*create)(struct file *file);
	void (*destroy)(struct file *file);
};

int hyper_register_device_ops(const struct hyper_device_ops *ops);
void hyper_unregister_device_ops(void);
int hyper_device_create(struct file *file);
void hyper_device_destroy(struct file *file);

#endif

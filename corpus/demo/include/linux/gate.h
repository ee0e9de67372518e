// SPDX-License-Identifier: Apache-2.0
/* A gate: one running guest of the hypervisor module. */
#ifndef LINUX_GATE_H
#define LINUX_GATE_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/types.h>

struct gate {
	refcount_t users;
	u32 id;
	struct mutex lock;
	struct list_head devices;
	struct hlist_head routes;
};

/* What the hypervisor gives to those who are to hold a gate. */
struct gate_helpers {
	bool (*get)(struct gate *gate);
	void (*put)(struct gate *gate);
};

struct gate *gate_create(u32 id);
void gate_get(struct gate *gate);
bool gate_get_safe(struct gate *gate);
void gate_put(struct gate *gate);

#endif

// SPDX-License-Identifier: Apache-2.0
#ifndef GATE_INTERNAL_H
#define GATE_INTERNAL_H

#include <linux/gate.h>
#include <linux/rcupdate.h>

struct file;
struct gate_device;

struct gate_device_ops {
	const char *name;
	bool (*claims)(struct gate_device *dev, u32 line);
};

struct gate_device {
	const struct gate_device_ops *ops;
	struct gate *gate;
	struct list_head gate_node;
	struct rcu_head rcu;
};

struct gate_route {
	struct hlist_node hash;
	u32 line;
	u32 vector;
	struct rcu_head rcu;
};

extern const struct gate_helpers gate_helpers;

int gate_device_create(struct gate *gate, const struct gate_device_ops *ops);

bool gate_line_claimed(struct gate *gate, u32 line);
int gate_route_add(struct gate *gate, u32 line, u32 vector);
int gate_route_vector(struct gate *gate, u32 line);
void gate_route_del(struct gate *gate, struct gate_route *route);

int gate_relay_add(struct gate *gate, unsigned int fd);
void gate_relay_del(struct file *file);
int gate_relay_kick(struct file *file);

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * Threads 000 and 002: the hypervisor reaches the relay module through
 * symbol_get(), name by name, and finds a new way to get it wrong each time.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/relay_file.h>

#include "gate_internal.h"

static struct gate_relay {
	const struct relay_file_ops *ops;
} gate_relay;

/* As it should be: get, check, call, put. */
static void gate_relay_set_gate(struct file *file, struct gate *gate)
{
	void (*fn)(struct file *file, struct gate *gate, const struct gate_helpers *helpers);

	fn = symbol_get(relay_file_set_gate);
	if (!fn)
		return;

	fn(file, gate, &gate_helpers);
	symbol_put(relay_file_set_gate);
}

static bool gate_relay_is_coherent(struct file *file)
{
	bool (*fn)(struct file *file);
	bool coherent;

	fn = symbol_get(relay_file_is_coherent);
	coherent = fn(file); // want symbol-get-unchecked "symbol_get\(relay_file_is_coherent\).*unchecked"
	symbol_put(relay_file_is_coherent);

	return coherent;
}

static int gate_relay_check_version(struct file *file)
{
	int (*fn)(struct file *file);

	fn = symbol_get(relay_file_version); // want symbol-get-leak "symbol_get\(relay_file_version\)"
	if (!fn)
		return -ENODEV;

	if (fn(file) < 2)
		return -EOPNOTSUPP;

	symbol_put(relay_file_version);
	return 0;
}

static int gate_relay_claim(struct file *file)
{
	int (*fn)(struct file *file);
	int ret = -ENODEV;

	fn = symbol_get(relay_file_claim);
	if (!fn)
		goto out;
	ret = fn(file);
out:
	symbol_put(relay_file_claim); // want symbol-put-unheld "symbol_put\(relay_file_claim\) without a module reference"
	return ret;
}

/* The file that is asked does not stay either: nothing holds the table. */
static int gate_relay_learn_ops(struct file *file)
{
	const struct relay_file_ops *(*fn)(struct file *file);
	const struct relay_file_ops *ops;

	fn = symbol_get(relay_file_get_ops);
	if (!fn)
		return -ENODEV;
	ops = fn(file);
	symbol_put(relay_file_get_ops);
	if (IS_ERR(ops))
		return PTR_ERR(ops);

	gate_relay.ops = ops; // want symbol-use-after-put "'ops' of symbol_get\(relay_file_get_ops\) is stored after"
	return 0;
}

static int gate_relay_id(struct file *file)
{
	int (*fn)(struct file *file);
	int id;

	fn = symbol_get(relay_file_id); // want symbol-get-non-gpl "symbol_get\(relay_file_id\) returns NULL on modular kernels"
	if (!fn)
		return -ENODEV;
	id = fn(file);
	symbol_put(relay_file_id);

	return id;
}

static int gate_relay_reset(struct file *file)
{
	int (*fn)(struct file *file);
	int ret;

	fn = symbol_get(relay_file_reset); // want symbol-get-unexported "symbol_get\(relay_file_reset\).*nobody exports"
	if (!fn)
		return -ENODEV;
	ret = fn(file);
	symbol_put(relay_file_reset);

	return ret;
}

int gate_relay_add(struct gate *gate, unsigned int fd)
{
	struct file *file = fget(fd);
	int ret;

	if (!file)
		return -EBADF;

	ret = gate_relay_check_version(file);
	if (ret)
		goto out;
	ret = gate_relay_claim(file);
	if (ret)
		goto out;
	ret = gate_relay_learn_ops(file);
	if (ret)
		goto out;
	if (gate_relay_id(file) < 0 || !gate_relay_is_coherent(file))
		ret = gate_relay_reset(file);
	if (!ret)
		gate_relay_set_gate(file, gate);
out:
	fput(file);
	return ret;
}

void gate_relay_del(struct file *file)
{
	gate_relay_set_gate(file, NULL);
}

int gate_relay_kick(struct file *file)
{
	return gate_relay.ops ? gate_relay.ops->kick(file) : -ENODEV;
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: paths that would leak, and that nothing can take. */
#include <linux/list.h>
#include <linux/of.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct gauge {
	struct device_node *node;
	struct device_node *kept;
	struct list_head samples;
	struct list_head link;
	refcount_t users;
	unsigned int ports;
};

struct sample {
	struct list_head link;
	u32 value;
};

static LIST_HEAD(gauges);

void gauge_get(struct gauge *gauge);
void gauge_put(struct gauge *gauge);
int gauge_probe(struct gauge *gauge);
int gauge_event(struct gauge *gauge);
int gauge_read(struct gauge *gauge, u32 *value);
void gauge_report(struct gauge *gauge);

void gauge_get(struct gauge *gauge)
{
	refcount_inc(&gauge->users);
}

void gauge_put(struct gauge *gauge)
{
	if (refcount_dec_and_test(&gauge->users))
		kfree(gauge);
}

/* Where there is no node there is no parent. */
int gauge_probe(struct gauge *gauge)
{
	struct device_node *np = gauge->node;
	struct device_node *parent = of_get_parent(np);
	u32 width;
	int ret;

	if (!np || !parent)
		return -ENODEV;

	ret = of_property_read_u32(parent, "width", &width);
	of_node_put(parent);
	return ret;
}

/* The flag says whether it was found. */
int gauge_event(struct gauge *gauge)
{
	struct device_node *port = of_get_child_by_name(gauge->node, "port");
	bool found = !!port;
	u32 width = 0;

	if (found)
		of_property_read_u32(port, "width", &width);
	gauge->ports += width;
	if (found)
		of_node_put(port);
	return 0;
}

/* What was taken from the list is there where the reference is. */
int gauge_read(struct gauge *gauge, u32 *value)
{
	struct sample *sample = NULL;

	if (!list_empty(&gauge->samples)) {
		gauge_get(gauge);
		sample = list_entry(gauge->samples.next, struct sample, link);
		list_del(&sample->link);
	}
	if (!sample)
		return -ENOENT;
	*value = sample->value;
	gauge_put(gauge);
	return 0;
}

/* All callers give a name. */
static int gauge_has(struct gauge *gauge, const char *name)
{
	struct device_node *root;
	int has = 0;

	root = of_find_node_by_path("/"); // excused pin-leak "not-passed"
	if (root && name) {
		has = of_property_read_bool(root, name);
		of_node_put(root);
	}
	return has;
}

void gauge_report(struct gauge *gauge)
{
	gauge->ports += gauge_has(gauge, "width");
	gauge->ports += gauge_has(gauge, "height");
}

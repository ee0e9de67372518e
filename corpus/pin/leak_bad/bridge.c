// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a reference that one way out gives back and another takes along. The twin is
 * leak_ok.
 */
#include <linux/of.h>
#include <linux/of_graph.h>
#include <linux/of_platform.h>

#define MAX_LANES	4

struct bridge {
	struct device *dev;
	struct device *host;
	u32 lanes;
};

int bridge_host_ready(struct device *host);

/* Returns at once where its neighbours go to the label. */
int bridge_parse(struct bridge *bridge)
{
	struct device_node *endpoint;
	u32 lanes;
	int ret;

	endpoint = of_graph_get_endpoint_by_regs(bridge->dev->of_node, 1, -1); // want pin-leak "of_graph_get_endpoint_by_regs\(\) leaks when lanes > MAX_LANES"
	if (!endpoint)
		return -ENODEV;

	ret = of_property_read_u32(endpoint, "data-lanes", &lanes);
	if (ret)
		goto put;

	if (lanes > MAX_LANES) {
		dev_err(bridge->dev, "%pOF: too many lanes\n", endpoint);
		return -EINVAL;
	}

	bridge->lanes = lanes;
put:
	of_node_put(endpoint);
	return ret;
}

/* The break leaves the loop with the child it has found, and nobody asks for it any more. */
int bridge_count(struct bridge *bridge, const char *name)
{
	struct device_node *child;
	int found = 0;

	for_each_available_child_of_node(bridge->dev->of_node, child) { // want pin-leak "for_each_available_child_of_node\(\) holds leaks when"
		if (of_node_name_eq(child, name)) {
			found = 1;
			break;
		}
	}

	return found;
}

/* The pointer is walked up the tree, and the node it came from is forgotten. */
u32 bridge_height(struct bridge *bridge)
{
	struct device_node *node, *parent;
	u32 height = 0;

	node = of_get_parent(bridge->dev->of_node); // want pin-leak "of_get_parent\(\) leaks when"
	if (of_property_read_u32(node, "height", &height)) {
		parent = of_get_parent(node);
		of_property_read_u32(parent, "height", &height);
		of_node_put(parent);
		return height;
	}

	of_node_put(node);
	return height;
}

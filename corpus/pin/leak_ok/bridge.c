// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the twin of leak_bad, and ways out that look as if they took a reference along.
 */
#include <linux/of.h>
#include <linux/of_graph.h>
#include <linux/of_platform.h>

#define MAX_LANES	4

struct bridge {
	struct device *dev;
	struct device_node *host;
	u32 lanes;
};

int bridge_parse(struct bridge *bridge)
{
	struct device_node *endpoint;
	u32 lanes;
	int ret;

	endpoint = of_graph_get_endpoint_by_regs(bridge->dev->of_node, 1, -1);
	if (!endpoint)
		return -ENODEV;

	ret = of_property_read_u32(endpoint, "data-lanes", &lanes);
	if (ret)
		goto put;

	if (lanes > MAX_LANES) {
		dev_err(bridge->dev, "%pOF: too many lanes\n", endpoint);
		ret = -EINVAL;
		goto put;
	}

	bridge->lanes = lanes;
put:
	of_node_put(endpoint);
	return ret;
}

/* A break with the child, which is put behind the loop; without a break that is NULL. */
int bridge_count(struct bridge *bridge, const char *name)
{
	struct device_node *child;
	int found = 0;

	for_each_available_child_of_node(bridge->dev->of_node, child) {
		if (of_node_name_eq(child, name)) {
			found = 1;
			break;
		}
	}
	of_node_put(child);

	return found;
}

/* Kept where the driver's remove finds it. */
int bridge_attach(struct bridge *bridge, bool keep)
{
	struct device_node *host;

	host = of_parse_phandle(bridge->dev->of_node, "host", 0); // excused pin-leak "handed-over"
	if (!host)
		return -ENODEV;
	if (!keep) {
		of_node_put(host);
		return 0;
	}
	bridge->host = host;
	return 0;
}

void bridge_detach(struct bridge *bridge)
{
	of_node_put(bridge->host);
}

/* The next one is taken in exchange for the one before. */
struct device_node *bridge_nth(struct bridge *bridge, int n)
{
	struct device_node *child = NULL;

	do {
		child = of_get_next_child(bridge->dev->of_node, child);
	} while (child && n--);

	return child;
}

/* Whichever way the scope is left. */
int bridge_scoped(struct bridge *bridge)
{
	struct device_node *host __free(device_node) =
		of_parse_phandle(bridge->dev->of_node, "host", 0);
	u32 lanes;

	if (!host)
		return -ENODEV;
	if (of_property_read_u32(host, "data-lanes", &lanes))
		return -EINVAL;
	bridge->lanes = lanes;
	return 0;
}

/* Where the flag is not set nothing was taken. */
int bridge_optional(struct bridge *bridge, bool linked)
{
	struct device_node *link = NULL;
	int ret = 0;

	if (linked) {
		link = of_get_child_by_name(bridge->dev->of_node, "link");
		if (!link)
			return -ENODEV;
	}
	if (of_property_read_u32(bridge->dev->of_node, "data-lanes", &bridge->lanes))
		ret = -EINVAL;
	if (linked)
		of_node_put(link);
	return ret;
}

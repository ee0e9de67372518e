// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a reference that leaks behind a call that might have kept the object. That it does not
 * is shown by other paths, which put the object after the same call. The twin is leak_lent_ok.
 */
#include <linux/mfd/core.h>
#include <linux/of.h>
#include <linux/of_graph.h>

struct panel {
	struct device *dev;
	u32 lanes;
};

/* Without a body here: they may keep what they are given. */
int panel_add_light(struct panel *panel, struct device_node *node);
int panel_read_timing(struct panel *panel, struct device_node *node);
bool panel_wants(struct device_node *node);
int panel_start(struct panel *panel);

/* The next round puts the child, and so no light has taken the reference along. */
int panel_lights(struct panel *panel)
{
	struct device_node *child;
	int ret;

	for_each_child_of_node(panel->dev->of_node, child) { // want pin-leak "for_each_child_of_node\(\) holds leaks when ret != 0"
		ret = panel_add_light(panel, child);
		if (ret)
			return ret;
	}

	return 0;
}

/* It leaves by the neighbour's error; the light has been added then, as before a next round. */
int panel_lights_timed(struct panel *panel)
{
	struct device_node *child;
	int ret;

	for_each_child_of_node(panel->dev->of_node, child) { // want pin-leak "leaks when panel->lanes == 0"
		ret = panel_add_light(panel, child);
		if (ret)
			continue;
		if (!panel->lanes)
			return -EINVAL;
	}

	return 0;
}

/* One error path goes to the label and the other does not. */
int panel_parse(struct panel *panel)
{
	struct device_node *port;
	int ret;

	port = of_get_child_by_name(panel->dev->of_node, "port"); // want pin-leak "of_get_child_by_name\(\) leaks when panel->lanes > 4"
	if (!port)
		return -ENODEV;

	ret = panel_read_timing(panel, port);
	if (ret)
		goto put;
	if (panel->lanes > 4)
		return -EINVAL;
	ret = panel_start(panel);
put:
	of_node_put(port);
	return ret;
}

/* A path that does not fail: the last light may have it now. */
void panel_first_light(struct panel *panel)
{
	struct device_node *child;

	for_each_child_of_node(panel->dev->of_node, child) { // latent pin-leak "may have kept it"
		panel_add_light(panel, child);
		if (panel->lanes)
			break;
	}
}

/* By another name it is passed on as well, and that name is a pointer into the node. */
#define panel_handle(node)			\
	({					\
		typeof(node) __node = (node);	\
		__node ? &__node->fwnode : NULL;	\
	})

int panel_read_handle(struct panel *panel, struct fwnode_handle *handle);

int panel_by_handle(struct panel *panel)
{
	struct device_node *port;
	int ret;

	port = of_get_child_by_name(panel->dev->of_node, "port"); // want pin-leak "of_get_child_by_name\(\) leaks when ret != 0"
	if (!port)
		return -ENODEV;

	ret = panel_read_handle(panel, panel_handle(port));
	if (ret)
		return ret;

	of_node_put(port);
	return panel_start(panel);
}

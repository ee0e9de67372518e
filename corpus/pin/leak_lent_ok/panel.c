// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the twin of leak_lent_bad, and objects that a call keeps on the very paths that do not
 * put them.
 */
#include <linux/mfd/core.h>
#include <linux/of.h>
#include <linux/of_platform.h>

struct panel {
	struct device *dev;
	u32 lanes;
};

struct light;

int panel_add_light(struct panel *panel, struct device_node *node);
int panel_keep(struct panel *panel, struct device_node *node);
bool panel_takes(struct panel *panel, struct device_node *node);
int panel_start(struct panel *panel);
void panel_forget(struct panel *panel);

int panel_lights(struct panel *panel)
{
	struct device_node *child;
	int ret;

	for_each_child_of_node(panel->dev->of_node, child) {
		ret = panel_add_light(panel, child);
		if (ret) {
			of_node_put(child);
			return ret;
		}
	}

	return 0;
}

/* It keeps the node if it succeeds: the paths that put it are those on which it has failed. */
int panel_port(struct panel *panel)
{
	struct device_node *port;
	int ret;

	port = of_get_child_by_name(panel->dev->of_node, "port"); // excused pin-leak "handed-over"
	if (!port)
		return -ENODEV;

	ret = panel_keep(panel, port);
	if (ret) {
		of_node_put(port);
		return ret;
	}

	return panel_start(panel);
}

/* It says so by the result, and the loop goes on only with what it did not take. */
int panel_taker(struct panel *panel)
{
	struct device_node *child;

	for_each_child_of_node(panel->dev->of_node, child) {
		if (panel_takes(panel, child))
			return 1;
	}

	return -ENODEV;
}

/* What the panel keeps of the node goes with the panel's own cleanup, on one way out only. */
int panel_started(struct panel *panel)
{
	struct device_node *port;
	int ret;

	port = of_get_child_by_name(panel->dev->of_node, "port"); // latent pin-leak "panel_forget\(\) gets what was passed on with the object"
	if (!port)
		return -ENODEV;

	ret = panel_keep(panel, port);
	if (ret)
		goto put;
	ret = panel_start(panel);
	if (ret < 0) {
		panel_forget(panel);
		return ret;
	}
	if (panel->lanes)
		return 0;
	ret = -EINVAL;
put:
	of_node_put(port);
	return ret;
}

/* By another name the device is put as well. */
#define to_light(x) container_of(x, struct light, dev)

void light_put(struct light *light);
int light_start(struct light *light);

int panel_light(struct device_node *node)
{
	struct platform_device *pdev;
	struct light *light;
	int ret;

	pdev = of_find_device_by_node(node); // excused pin-leak "handed-over"
	if (!pdev)
		return -ENODEV;

	light = to_light(pdev);
	ret = light_start(light);
	if (ret) {
		light_put(light);
		return ret;
	}

	platform_device_put(pdev);
	return 0;
}

/* Whether the panel is of the old kind does not change from one round to the next. */
bool panel_is_old(struct panel *panel);

int panel_buttons(struct panel *panel, int count)
{
	struct fwnode_handle *child = NULL;
	int i, ret;

	for (i = 0; i < count; i++) {
		if (!panel_is_old(panel)) {
			child = device_get_next_child_node(panel->dev, child); // latent pin-leak "on one round of a loop and left on another"
			if (!child)
				return -EINVAL;
			ret = panel_add_button(panel, child);
			if (ret) {
				fwnode_handle_put(child);
				return ret;
			}
		} else if (panel_start(panel)) {
			return -EINVAL;
		}
	}

	fwnode_handle_put(child);
	return 0;
}

/* Who takes its arguments from a list may keep them. */
int panel_chain(struct panel *panel, ...)
{
	va_list all;
	struct device_node *node;

	va_start(all, panel);
	while ((node = va_arg(all, struct device_node *)))
		panel->dev->of_node = node;
	va_end(all);
	return 0;
}

int panel_ports(struct panel *panel)
{
	struct device_node *port;

	port = of_get_child_by_name(panel->dev->of_node, "port"); // excused pin-leak "handed-over"
	if (!port)
		return -ENODEV;
	if (!panel->lanes) {
		of_node_put(port);
		return -EINVAL;
	}
	panel_chain(panel, port, NULL);
	return panel_start(panel);
}

// SPDX-License-Identifier: Apache-2.0
/* Classic: paths that do not fail, and on which nobody can give the reference back any more. */
#include <linux/of.h>
#include <linux/of_platform.h>

#define GAUGE_SENT 0
#define GAUGE_DONE 0

struct gauge {
	struct device_node *node;
	struct device_node *kept;
	u32 width;
};

void gauge_setup(struct gauge *gauge);
int gauge_ports(struct gauge *gauge, bool wide);
int gauge_above(struct gauge *gauge);
struct gauge *gauge_find(struct device_node *node);
int gauge_level(struct gauge *gauge, bool kept);
int gauge_send(struct gauge *gauge);
int gauge_number(struct gauge *gauge);
int gauge_depth(struct gauge *gauge);

static struct gauge *gauge_of(struct platform_device *pdev)
{
	return pdev->dev.driver_data;
}

/* Nothing is returned, and the pointer is a local one. */
void gauge_setup(struct gauge *gauge)
{
	struct device_node *port;

	port = of_get_child_by_name(gauge->node, "port"); // want pin-leak "of_get_child_by_name\(\) leaks when of_property_read_bool\(\) == 0"
	if (!port)
		return;
	if (!of_property_read_bool(port, "gauge"))
		return;
	if (of_property_read_u32(port, "width", &gauge->width))
		gauge->width = 1;
	of_node_put(port);
}

/* A number is returned. */
int gauge_ports(struct gauge *gauge, bool wide)
{
	struct device_node *port;

	port = of_get_child_by_name(gauge->node, "port"); // want pin-leak "of_get_child_by_name\(\) leaks when wide"
	if (!port)
		return 0;
	if (wide)
		return 2;
	of_property_read_u32(port, "width", &gauge->width);
	of_node_put(port);
	return 1;
}

/* Each node may have a parent: what ends the loop tells what kind of node it is. */
int gauge_above(struct gauge *gauge)
{
	struct device_node *node, *parent;

	node = of_find_node_by_name(NULL, "gauge"); // latent pin-leak "the path does not fail"
	while ((parent = of_get_parent(node))) {
		of_node_put(node);
		node = parent;
		if (of_property_read_bool(parent, "gauge-bus")) {
			of_node_put(node);
			return 1;
		}
	}
	return 0;
}

/* What is returned may be the device's. */
struct gauge *gauge_find(struct device_node *node)
{
	struct platform_device *pdev;
	struct gauge *gauge;

	pdev = of_find_device_by_node(node); // latent pin-leak "the path does not fail"
	if (!pdev)
		return NULL;
	gauge = gauge_of(pdev);
	if (!gauge) {
		platform_device_put(pdev);
		return NULL;
	}
	if (gauge->width)
		return gauge;
	platform_device_put(pdev);
	return gauge;
}

/* Where the node is the one that is kept, no reference is taken. */
int gauge_level(struct gauge *gauge, bool kept)
{
	struct device_node *node;

	if (kept)
		node = gauge->kept;
	else
		node = of_get_parent(gauge->node); // latent pin-leak "the path does not fail"
	if (of_property_read_bool(node, "gauge-bus"))
		return 2;
	if (!kept)
		of_node_put(node);
	return 1;
}

/* Two names of one number. */
int gauge_send(struct gauge *gauge)
{
	struct device_node *port;
	int ret = GAUGE_SENT;

	port = of_get_child_by_name(gauge->node, "port"); // want pin-leak "of_get_child_by_name\(\) leaks"
	if (!port)
		return -ENODEV;
	if (ret == GAUGE_DONE)
		return -EAGAIN;
	of_node_put(port);
	return 0;
}

/* What has no sign is read as if it had one. */
int gauge_number(struct gauge *gauge)
{
	struct device_node *port;
	unsigned int number = gauge->width;

	port = of_get_child_by_name(gauge->node, "port"); // want pin-leak "of_get_child_by_name\(\) leaks"
	if (!port)
		return -ENODEV;
	if ((int)number < 0)
		return -EINVAL;
	of_node_put(port);
	return 0;
}

/* No other function passes anything but 0: this one does. */
static int gauge_walk(struct device_node *node, int nested)
{
	struct device_node *port;

	port = of_get_child_by_name(node, "port"); // want pin-leak "of_get_child_by_name\(\) leaks"
	if (!port)
		return 0;
	if (nested)
		return -EINVAL;
	gauge_walk(node, 1);
	of_node_put(port);
	return 0;
}

int gauge_depth(struct gauge *gauge)
{
	return gauge_walk(gauge->node, 0);
}

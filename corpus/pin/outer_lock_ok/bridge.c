// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the list's own lock does not keep the last put out, but another does,
 * which is held around all that comes and goes.
 */
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct bridge {
	struct list_head node;
	struct kref kref;
	int topology;
};

static LIST_HEAD(bridges);
static DEFINE_MUTEX(bridges_lock);
static DEFINE_MUTEX(hotplug_lock);

struct bridge *bridge_join(int topology);
void bridge_leave(struct bridge *bridge);

static void bridge_release(struct kref *kref)
{
	struct bridge *bridge = container_of(kref, struct bridge, kref);

	mutex_lock(&bridges_lock);
	list_del(&bridge->node);
	mutex_unlock(&bridges_lock);
	kfree(bridge);
}

static void bridge_put(struct bridge *bridge)
{
	kref_put(&bridge->kref, bridge_release);
}

static struct bridge *bridge_find(int topology)
{
	struct bridge *bridge, *found = NULL;

	mutex_lock(&bridges_lock);
	list_for_each_entry(bridge, &bridges, node) {
		if (bridge->topology == topology) {
			kref_get(&bridge->kref); // excused pin-get-from-zero "put-takes-lock"
			found = bridge;
			break;
		}
	}
	mutex_unlock(&bridges_lock);
	return found;
}

struct bridge *bridge_join(int topology)
{
	struct bridge *bridge;

	mutex_lock(&hotplug_lock);
	bridge = bridge_find(topology);
	mutex_unlock(&hotplug_lock);
	return bridge;
}

void bridge_leave(struct bridge *bridge)
{
	mutex_lock(&hotplug_lock);
	bridge_put(bridge);
	mutex_unlock(&hotplug_lock);
}

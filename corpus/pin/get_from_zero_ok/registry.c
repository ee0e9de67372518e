// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: what keeps a lookup from an entry whose count is zero: the last put takes
 * the lock, or the lookup asks, or it is not the put that removes the entry.
 */
#include <linux/bug.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct portal {
	struct list_head node;
	struct kref users;
	u32 address;
};

struct lobby {
	struct list_head node;
	refcount_t users;
	u32 floor;
};

struct desk {
	struct list_head node;
	struct kref users;
	u32 number;
};

static LIST_HEAD(portals);
static LIST_HEAD(lobbies);
static LIST_HEAD(desks);
static DEFINE_MUTEX(portals_mutex);
static DEFINE_MUTEX(lobbies_mutex);
static DEFINE_MUTEX(desks_mutex);

struct portal *portal_open(u32 address);
void portal_close(struct portal *portal);
struct lobby *lobby_enter(u32 floor);
void lobby_leave(struct lobby *lobby);
struct desk *desk_find(u32 number);
void desk_put(struct desk *desk);
void desk_remove(struct desk *desk);
void desk_touch(struct desk *desk);

static void portal_free(struct kref *kref)
{
	struct portal *portal = container_of(kref, struct portal, users);

	list_del(&portal->node);
	mutex_unlock(&portals_mutex);
	kfree(portal);
}

void portal_close(struct portal *portal)
{
	kref_put_mutex(&portal->users, portal_free, &portals_mutex);
}

struct portal *portal_open(u32 address)
{
	struct portal *portal;

	mutex_lock(&portals_mutex);
	list_for_each_entry(portal, &portals, node) {
		if (portal->address == address) {
			kref_get(&portal->users);
			mutex_unlock(&portals_mutex);
			return portal;
		}
	}
	mutex_unlock(&portals_mutex);
	return NULL;
}

void lobby_leave(struct lobby *lobby)
{
	mutex_lock(&lobbies_mutex);
	if (refcount_dec_and_test(&lobby->users)) {
		list_del(&lobby->node);
		kfree(lobby);
	}
	mutex_unlock(&lobbies_mutex);
}

struct lobby *lobby_enter(u32 floor)
{
	struct lobby *lobby;

	mutex_lock(&lobbies_mutex);
	list_for_each_entry(lobby, &lobbies, node) {
		if (lobby->floor == floor) {
			refcount_inc(&lobby->users); // excused pin-get-from-zero "put-takes-lock"
			mutex_unlock(&lobbies_mutex);
			return lobby;
		}
	}
	mutex_unlock(&lobbies_mutex);
	return NULL;
}

static void desk_free(struct kref *kref)
{
	kfree(container_of(kref, struct desk, users));
}

void desk_put(struct desk *desk)
{
	kref_put(&desk->users, desk_free);
}

/* The list has a reference of its own, which goes after the entry. */
void desk_remove(struct desk *desk)
{
	mutex_lock(&desks_mutex);
	list_del(&desk->node);
	mutex_unlock(&desks_mutex);
	desk_put(desk);
}

struct desk *desk_find(u32 number)
{
	struct desk *desk;

	mutex_lock(&desks_mutex);
	list_for_each_entry(desk, &desks, node) {
		if (desk->number == number) {
			kref_get(&desk->users);
			mutex_unlock(&desks_mutex);
			return desk;
		}
	}
	mutex_unlock(&desks_mutex);
	return NULL;
}

void desk_touch(struct desk *desk)
{
	WARN_ON(!kref_get_unless_zero(&desk->users));
	desk->number++;
	desk_put(desk);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a shared session is found under the registry's lock, which its last put
 * takes only once the count is zero.
 */
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct portal {
	struct list_head node;
	struct kref users;
	u32 address;
};

static LIST_HEAD(portals);
static DEFINE_MUTEX(portals_mutex);

struct portal *portal_open(u32 address);
void portal_close(struct portal *portal);
int portal_serve(struct module *owner, int (*serve)(void));

static void portal_free(struct kref *kref)
{
	struct portal *portal = container_of(kref, struct portal, users);

	mutex_lock(&portals_mutex);
	list_del(&portal->node);
	mutex_unlock(&portals_mutex);
	kfree(portal);
}

void portal_close(struct portal *portal)
{
	kref_put(&portal->users, portal_free);
}

/* The caller holds portals_mutex. */
static struct portal *portal_lookup(u32 address)
{
	struct portal *portal;

	list_for_each_entry(portal, &portals, node) {
		if (portal->address == address) {
			kref_get(&portal->users); // want pin-get-from-zero "kref_get\(\) of an entry of 'struct portal\.node' whose count may be zero"
			return portal;
		}
	}
	return NULL;
}

struct portal *portal_open(u32 address)
{
	struct portal *portal;

	mutex_lock(&portals_mutex);
	portal = portal_lookup(address);
	if (!portal) {
		portal = kzalloc(sizeof(*portal), GFP_KERNEL);
		if (portal) {
			kref_init(&portal->users);
			portal->address = address;
			list_add(&portal->node, &portals);
		}
	}
	mutex_unlock(&portals_mutex);
	return portal;
}

/* The module may be on its way out, and then nothing holds its text. */
int portal_serve(struct module *owner, int (*serve)(void))
{
	int ret;

	try_module_get(owner); // want pin-get-from-zero "the result of try_module_get\(\) is ignored"
	ret = serve();
	module_put(owner);
	return ret;
}

/* A get that asks a counter of any kind. */
struct tenant {
	atomic_t users;
};

bool tenant_enter(struct tenant *tenant)
{
	return atomic_inc_not_zero(&tenant->users);
}

void tenant_leave(struct tenant *tenant)
{
	if (atomic_dec_and_test(&tenant->users))
		kfree(tenant);
}

void tenant_stay(struct tenant *tenant)
{
	tenant_enter(tenant); // latent pin-get-from-zero "whether it is held by other means"
}

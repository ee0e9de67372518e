// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: one way into the readers is known on which they hold no lock of the
 * updater, others are not; and the code itself tells the removal apart from those
 * that readers may meet. Latent, and the story says what spoke against it.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct route {
	struct list_head node;
	struct rcu_head rcu;
	int metric;
};

struct router {
	struct work_struct work;
	struct list_head routes;
	struct mutex lock;
	int best;
};

struct router_hooks {
	int (*best)(struct router *router);
};

void router_offer(const struct router_hooks *hooks);
void router_start(struct router *router);
void router_quiesce(struct router *router);
void router_drain(struct router *router, int metric);
void route_add(struct router *router, struct route *route);
void route_expire(struct router *router, struct route *route);
void route_discard(struct router *router, struct route *route);
void route_put(struct route *route, int seen);
void route_replace(struct router *router, struct route *old, struct route *new);

static int router_best(struct router *router)
{
	struct route *route;
	int best = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(route, &router->routes, node)
		best = max(best, route->metric);
	rcu_read_unlock();
	return best;
}

static const struct router_hooks hooks = { .best = router_best };

static void router_work(struct work_struct *work)
{
	struct router *router = container_of(work, struct router, work);

	router->best = router_best(router);
}

void router_start(struct router *router)
{
	INIT_WORK(&router->work, router_work);
	router_offer(&hooks);
}

void route_add(struct router *router, struct route *route)
{
	mutex_lock(&router->lock);
	list_add_rcu(&route->node, &router->routes);
	mutex_unlock(&router->lock);
}

/* Right: readers may be on it. */
void route_expire(struct router *router, struct route *route)
{
	mutex_lock(&router->lock);
	list_del_rcu(&route->node);
	mutex_unlock(&router->lock);
	kfree_rcu(route, rcu);
}

/* Packet processing is off: nobody reads, and who did has gone. */
void route_discard(struct router *router, struct route *route)
{
	mutex_lock(&router->lock);
	list_del(&route->node); // latent rcu-list-plain-delete "two states of them are told apart"
	mutex_unlock(&router->lock);
	kfree(route);
}

/* The router is out of everybody's sight before the wait. */
void router_drain(struct router *router, int metric)
{
	struct route *route, *next;

	router_quiesce(router);
	synchronize_rcu();
	mutex_lock(&router->lock);
	list_for_each_entry_safe(route, next, &router->routes, node) {
		if (route->metric > metric + router->best)
			continue;
		list_del_rcu(&route->node);
		kfree(route); // latent rcu-free-without-grace-period "a grace period passes here, before" fixed rcu-free-without-grace-period "kfree_rcu(route, rcu);"
	}
	mutex_unlock(&router->lock);
}

static void route_free_later(struct route *route)
{
	kfree_rcu(route, rcu);
}

void route_put(struct route *route, int seen)
{
	if (seen)
		route_free_later(route);
	else
		kfree(route);
}

/* Only one that no reader has seen is freed at once. */
void route_replace(struct router *router, struct route *old, struct route *new)
{
	mutex_lock(&router->lock);
	list_replace_rcu(&old->node, &new->node);
	mutex_unlock(&router->lock);
	route_put(old, router->best); // latent rcu-free-without-grace-period "on another of its paths route_put"
}

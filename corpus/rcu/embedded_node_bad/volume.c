// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the node sits in an embedded struct, and the deletion stands on the
 * error ladder, after the object was published.
 */
#include <linux/err.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct volume_link {
	struct hlist_node node;
	u64 key;
};

struct volume {
	int id;
	struct volume_link by_name;
	void *cache;
	struct rcu_head rcu;
};

struct volume_set {
	spinlock_t lock;
	struct hlist_head names[8];
};

struct volume *volume_create(struct volume_set *set, u64 key, size_t cache_size);
int volume_lookup(struct volume_set *set, u64 key);

int volume_lookup(struct volume_set *set, u64 key)
{
	struct volume *v;
	int id = -ENOENT;

	rcu_read_lock();
	hlist_for_each_entry_rcu(v, &set->names[key & 7], by_name.node) {
		if (v->by_name.key == key) {
			id = v->id;
			break;
		}
	}
	rcu_read_unlock();

	return id;
}

struct volume *volume_create(struct volume_set *set, u64 key, size_t cache_size)
{
	struct volume *v;
	int err;

	v = kzalloc(sizeof(*v), GFP_KERNEL);
	if (!v)
		return ERR_PTR(-ENOMEM);

	if (!key) {
		err = -EINVAL;
		goto err_free;
	}
	v->by_name.key = key;

	spin_lock(&set->lock);
	hlist_add_head_rcu(&v->by_name.node, &set->names[key & 7]);
	spin_unlock(&set->lock);

	v->cache = kvmalloc(cache_size, GFP_KERNEL);
	if (!v->cache) {
		err = -ENOMEM;
		goto err_unlink;
	}

	return v;

err_unlink:
	spin_lock(&set->lock);
	hlist_del(&v->by_name.node); // want rcu-list-plain-delete "plain hlist_del\(\).*node" fixed rcu-list-plain-delete "hlist_del_rcu(&v->by_name.node);"
	spin_unlock(&set->lock);
	kfree_rcu(v, rcu);
	return ERR_PTR(err);

err_free:
	kfree(v);
	return ERR_PTR(err);
}

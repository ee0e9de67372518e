// SPDX-License-Identifier: Apache-2.0
/* Classic: the nulls family has a plain delete of its own. */
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/rculist_nulls.h>

struct conn {
	struct hlist_nulls_node hashed;
	u32 id;
	struct rcu_head rcu;
};

struct conn_hash {
	spinlock_t lock;
	struct hlist_nulls_head chain;
};

bool conn_known(struct conn_hash *hash, u32 id);
void conn_insert(struct conn_hash *hash, struct conn *conn);
void conn_remove(struct conn_hash *hash, struct conn *conn);

bool conn_known(struct conn_hash *hash, u32 id)
{
	struct hlist_nulls_node *pos;
	struct conn *conn;
	bool known = false;

	rcu_read_lock();
	hlist_nulls_for_each_entry_rcu(conn, pos, &hash->chain, hashed) {
		if (conn->id == id) {
			known = true;
			break;
		}
	}
	rcu_read_unlock();

	return known;
}

void conn_insert(struct conn_hash *hash, struct conn *conn)
{
	spin_lock(&hash->lock);
	hlist_nulls_add_head_rcu(&conn->hashed, &hash->chain);
	spin_unlock(&hash->lock);
}

void conn_remove(struct conn_hash *hash, struct conn *conn)
{
	spin_lock(&hash->lock);
	hlist_nulls_del(&conn->hashed); // want rcu-list-plain-delete "plain hlist_nulls_del\(\).*struct conn\.hashed" fixed rcu-list-plain-delete "hlist_nulls_del_rcu(&conn->hashed);"
	spin_unlock(&hash->lock);
	kfree_rcu(conn, rcu);
}

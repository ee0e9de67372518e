// SPDX-License-Identifier: Apache-2.0
/* Classic: the same mistake in each family of lists, and where a lock is another's. */
#include <linux/hashtable.h>
#include <linux/list_bl.h>
#include <linux/rculist_bl.h>
#include <linux/rculist_nulls.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>

struct conn {
	struct hlist_nulls_node node;
	u32 key;
};

struct conns {
	struct hlist_nulls_head table[64];
	spinlock_t lock;
};

struct name {
	struct hlist_bl_node node;
	u32 key;
};

static struct hlist_bl_head names;

struct peer {
	struct hlist_node node;
	u32 key;
};

static DEFINE_HASHTABLE(peers, 6);
static DEFINE_SPINLOCK(peers_lock);

struct hook {
	struct list_head node;
	u32 key;
};

static LIST_HEAD(hooks);
static DEFINE_SPINLOCK(hooks_lock);
DEFINE_STATIC_SRCU(hooks_srcu);

bool conn_known(struct conns *conns, u32 key);
void conn_add(struct conns *conns, struct conn *conn);
bool name_known(u32 key);
void name_add(struct name *name);
bool peer_known(u32 key);
void peer_add(struct peer *peer);
bool hook_known(u32 key);
void hook_add(struct hook *hook);

bool conn_known(struct conns *conns, u32 key)
{
	struct hlist_nulls_node *pos;
	struct conn *conn;
	bool known = false;

	rcu_read_lock();
	hlist_nulls_for_each_entry_rcu(conn, pos, &conns->table[key & 63], node)
		known |= conn->key == key;
	rcu_read_unlock();
	return known;
}

void conn_add(struct conns *conns, struct conn *conn)
{
	spin_lock(&conns->lock);
	hlist_nulls_add_head(&conn->node, &conns->table[conn->key & 63]); // want rcu-list-plain-insert "plain hlist_nulls_add_head\(\) of 'struct conn.node'" fixed rcu-list-plain-insert "hlist_nulls_add_head_rcu(&conn->node, &conns->table[conn->key & 63]);"
	spin_unlock(&conns->lock);
}

bool name_known(u32 key)
{
	struct hlist_bl_node *pos;
	struct name *name;
	bool known = false;

	rcu_read_lock();
	hlist_bl_for_each_entry_rcu(name, pos, &names, node)
		known |= name->key == key;
	rcu_read_unlock();
	return known;
}

void name_add(struct name *name)
{
	hlist_bl_lock(&names);
	hlist_bl_add_head(&name->node, &names); // want rcu-list-plain-insert "plain hlist_bl_add_head\(\) of 'struct name.node'" fixed rcu-list-plain-insert "hlist_bl_add_head_rcu(&name->node, &names);"
	hlist_bl_unlock(&names);
}

bool peer_known(u32 key)
{
	struct peer *peer;
	bool known = false;

	rcu_read_lock();
	hash_for_each_possible_rcu(peers, peer, node, key)
		known |= peer->key == key;
	rcu_read_unlock();
	return known;
}

void peer_add(struct peer *peer)
{
	spin_lock(&peers_lock);
	hash_add(peers, &peer->node, peer->key); // want rcu-list-plain-insert "plain hash_add\(\) of 'struct peer.node'" fixed rcu-list-plain-insert "hash_add_rcu(peers, &peer->node, peer->key);"
	spin_unlock(&peers_lock);
}

bool hook_known(u32 key)
{
	struct hook *hook;
	bool known = false;
	int idx;

	idx = srcu_read_lock(&hooks_srcu);
	list_for_each_entry_srcu(hook, &hooks, node, srcu_read_lock_held(&hooks_srcu))
		known |= hook->key == key;
	srcu_read_unlock(&hooks_srcu, idx);
	return known;
}

void hook_add(struct hook *hook)
{
	spin_lock(&hooks_lock);
	list_add_tail(&hook->node, &hooks); // want rcu-list-plain-insert "plain list_add_tail\(\) of 'struct hook.node'" fixed rcu-list-plain-insert "list_add_tail_rcu(&hook->node, &hooks);"
	spin_unlock(&hooks_lock);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: the way into the reader leads out of sight, but the function that comes
 * in that way takes the updater's lock itself for another kind of message: it was
 * not entered with it, or it would wait for itself.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct alias {
	struct list_head node;
	struct rcu_head rcu;
	int size;
};

struct mailbox {
	struct list_head aliases;
};

struct message {
	struct mailbox *box;
	int kind;
};

#define MESSAGE_SIZE 1

static DEFINE_MUTEX(alias_mutex);

typedef int (*receiver_t)(struct message *message);

int post_office_open(receiver_t receive);
int alias_start(void);
void alias_add(struct mailbox *box, struct alias *alias);
void alias_drop(struct alias *alias);
int alias_rename(struct message *message);

static int alias_sizes(struct mailbox *box)
{
	struct alias *alias;
	int sum = 0;

	list_for_each_entry_rcu(alias, &box->aliases, node)
		sum += alias->size;
	return sum;
}

static int alias_receive(struct message *message)
{
	int ret;

	if (message->kind == MESSAGE_SIZE) {
		rcu_read_lock();
		ret = alias_sizes(message->box);
		rcu_read_unlock();
		return ret;
	}

	mutex_lock(&alias_mutex);
	ret = alias_rename(message);
	mutex_unlock(&alias_mutex);
	return ret;
}

/* Another reader, under the lock: not every way into the walk is in a section. */
int alias_rename(struct message *message)
{
	return alias_sizes(message->box);
}

int alias_start(void)
{
	return post_office_open(alias_receive);
}

void alias_add(struct mailbox *box, struct alias *alias)
{
	mutex_lock(&alias_mutex);
	list_add_rcu(&alias->node, &box->aliases);
	mutex_unlock(&alias_mutex);
}

void alias_drop(struct alias *alias)
{
	mutex_lock(&alias_mutex);
	list_del(&alias->node); // want rcu-list-plain-delete "plain list_del\(\).*struct alias\.node" fixed rcu-list-plain-delete "list_del_rcu(&alias->node);"
	mutex_unlock(&alias_mutex);
	kfree_rcu(alias, rcu);
}

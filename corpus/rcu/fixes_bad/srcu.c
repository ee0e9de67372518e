// SPDX-License-Identifier: Apache-2.0
/* Classic: SRCU readers are waited for by their own srcu_struct and by nothing else. */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/srcu.h>

struct guard_post {
	struct list_head node;
	u32 id;
	struct rcu_head rcu;
};

static LIST_HEAD(posts);
static DEFINE_MUTEX(posts_lock);
DEFINE_STATIC_SRCU(posts_srcu);
DEFINE_STATIC_SRCU(other_srcu);

bool post_known(u32 id);
void post_add(struct guard_post *post);
void post_drop(struct guard_post *post);
void post_drop_plain_rcu(struct guard_post *post);
void post_drop_other(struct guard_post *post);
void post_free_early(struct guard_post *post);

bool post_known(u32 id)
{
	struct guard_post *post;
	bool known = false;
	int idx;

	idx = srcu_read_lock(&posts_srcu);
	list_for_each_entry_srcu(post, &posts, node, srcu_read_lock_held(&posts_srcu))
		known |= post->id == id;
	srcu_read_unlock(&posts_srcu, idx);
	return known;
}

void post_add(struct guard_post *post)
{
	mutex_lock(&posts_lock);
	list_add_rcu(&post->node, &posts);
	mutex_unlock(&posts_lock);
}

void post_drop(struct guard_post *post)
{
	mutex_lock(&posts_lock);
	list_del(&post->node); // want rcu-list-plain-delete "plain list_del" fixed rcu-list-plain-delete "list_del_rcu(&post->node);"
	mutex_unlock(&posts_lock);
	synchronize_srcu(&posts_srcu);
	kfree(post);
}

void post_drop_plain_rcu(struct guard_post *post)
{
	mutex_lock(&posts_lock);
	list_del(&post->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "kfree_rcu\(\) gets it"
	mutex_unlock(&posts_lock);
	kfree_rcu(post, rcu);
}

void post_drop_other(struct guard_post *post)
{
	mutex_lock(&posts_lock);
	list_del(&post->node); // want rcu-list-plain-delete "plain list_del" needs rcu-list-plain-delete "it is freed at"
	mutex_unlock(&posts_lock);
	synchronize_srcu(&other_srcu);
	kfree(post);
}

void post_free_early(struct guard_post *post)
{
	mutex_lock(&posts_lock);
	list_del_rcu(&post->node);
	mutex_unlock(&posts_lock);
	kfree(post); // want rcu-free-without-grace-period "'post' is freed" needs rcu-free-without-grace-period "it has readers of SRCU"
}

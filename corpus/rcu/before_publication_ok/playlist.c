// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: plain deletes of nodes that no reader has ever been able to see: from
 * a batch on the stack, and from the list of a parent that is not published yet.
 */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct track {
	struct list_head node;
	u32 length;
};

struct playlist {
	struct list_head node;
	struct list_head tracks;
	u32 id;
};

static LIST_HEAD(playlists);
static DEFINE_MUTEX(playlists_lock);

u32 playlist_length(u32 id);
int playlist_publish(u32 id, const u32 *lengths, int count);
int playlist_extend(struct playlist *list, const u32 *lengths, int count);

u32 playlist_length(u32 id)
{
	struct playlist *list;
	struct track *track;
	u32 sum = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(list, &playlists, node) {
		if (list->id != id)
			continue;
		list_for_each_entry_rcu(track, &list->tracks, node)
			sum += track->length;
	}
	rcu_read_unlock();

	return sum;
}

static struct track *track_new(u32 length)
{
	struct track *track;

	if (!length)
		return NULL;
	track = kmalloc(sizeof(*track), GFP_KERNEL);
	if (track)
		track->length = length;
	return track;
}

int playlist_publish(u32 id, const u32 *lengths, int count)
{
	struct track *track, *tmp;
	struct playlist *list;
	int i;

	list = kzalloc(sizeof(*list), GFP_KERNEL);
	if (!list)
		return -ENOMEM;

	list->id = id;
	INIT_LIST_HEAD(&list->tracks);
	for (i = 0; i < count; i++) {
		track = track_new(lengths[i]);
		if (!track)
			goto err_unwind;
		list_add_tail_rcu(&track->node, &list->tracks);
	}

	mutex_lock(&playlists_lock);
	list_add_rcu(&list->node, &playlists);
	mutex_unlock(&playlists_lock);
	return 0;

err_unwind:
	list_for_each_entry_safe(track, tmp, &list->tracks, node) {
		list_del(&track->node); // excused rcu-list-plain-delete "not-published"
		kfree(track);
	}
	kfree(list);
	return -ENOMEM;
}

int playlist_extend(struct playlist *list, const u32 *lengths, int count)
{
	struct track *track, *tmp;
	LIST_HEAD(batch);
	int i;

	for (i = 0; i < count; i++) {
		track = track_new(lengths[i]);
		if (!track)
			goto err_drop;
		list_add_tail(&track->node, &batch);
	}

	mutex_lock(&playlists_lock);
	list_for_each_entry_safe(track, tmp, &batch, node) {
		list_del(&track->node); // excused rcu-list-plain-delete "private-list"
		list_add_tail_rcu(&track->node, &list->tracks);
	}
	mutex_unlock(&playlists_lock);
	return 0;

err_drop:
	list_for_each_entry_safe(track, tmp, &batch, node) {
		list_del(&track->node); // excused rcu-list-plain-delete "private-list"
		kfree(track);
	}
	return -ENOMEM;
}

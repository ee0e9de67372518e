// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: entries move from one array to another: each is taken off its list and put
 * on again from its new place, and its reference goes along.
 */
#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/slab.h>

#include "hop.h"

struct group_entry {
	struct hop *hop;
	struct list_head node;
};

struct group {
	int count;
	struct group_entry entries[8];
};

static LIST_HEAD(hops);

int group_fill(struct group *group, int at, struct hop *hop, struct list_head *all);
void group_shrink(struct group *old, struct group *fresh, struct hop *gone);
void group_free(struct group *group);

int group_fill(struct group *group, int at, struct hop *hop, struct list_head *all)
{
	hop_get(hop);
	group->entries[at].hop = hop;
	list_add(&group->entries[at].node, all);
	return hop->id;
}

void group_shrink(struct group *old, struct group *fresh, struct hop *gone)
{
	int i, j = 0;

	for (i = 0; i < old->count; i++) {
		if (old->entries[i].hop == gone)
			continue;
		list_del(&old->entries[i].node);
		fresh->entries[j].hop = old->entries[i].hop; // excused pin-missing-reference "reference-transferred"
		list_add(&fresh->entries[j].node, &hops);
		j++;
	}
	fresh->count = j;
}


void group_free(struct group *group)
{
	int i;

	for (i = 0; i < group->count; i++)
		hop_put(group->entries[i].hop);
	kfree(group);
}

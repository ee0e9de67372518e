// SPDX-License-Identifier: Apache-2.0
/* Classic: a barrier orders what was stored before it, and nothing else. */
#include "badge.h"

void badge_issue(struct office *office, struct badge *badge, u32 id);
void badge_issue_early(struct office *office, struct badge *badge, u32 id);
void badge_issue_by_callee(struct office *office, struct badge *badge, u32 id);
void badge_issue_with_result(struct office *office, struct badge *badge);

void badge_issue(struct office *office, struct badge *badge, u32 id)
{
	badge->id = id;
	mutex_lock(&office->lock);
	list_add(&badge->node, &office->badges); // want rcu-list-plain-insert "plain list_add" fixed rcu-list-plain-insert "list_add_rcu(&badge->node, &office->badges);"
	mutex_unlock(&office->lock);
}

void badge_issue_early(struct office *office, struct badge *badge, u32 id)
{
	mutex_lock(&office->lock);
	list_add(&badge->node, &office->badges); // want rcu-list-plain-insert "plain list_add" needs rcu-list-plain-insert "'badge->id' is set at publish.c:22, after the node is published"
	badge->id = id;
	mutex_unlock(&office->lock);
}

static void badge_link(struct office *office, struct badge *badge)
{
	list_add_tail(&badge->node, &office->badges); // want rcu-list-plain-insert "plain list_add_tail" needs rcu-list-plain-insert "'badge->id' is set at publish.c:35"
}

void badge_issue_by_callee(struct office *office, struct badge *badge, u32 id)
{
	mutex_lock(&office->lock);
	badge_link(office, badge);
	badge->id = id;
	mutex_unlock(&office->lock);
}

static u32 badge_link_sorted(struct office *office, struct badge *badge)
{
	list_add(&badge->node, &office->badges); // want rcu-list-plain-insert "plain list_add" needs rcu-list-plain-insert "'badge->id' is set at publish.c:49"
	return 1;
}

/* What the callee returns is stored when the node is on the list. */
void badge_issue_with_result(struct office *office, struct badge *badge)
{
	mutex_lock(&office->lock);
	badge->id = badge_link_sorted(office, badge);
	mutex_unlock(&office->lock);
}

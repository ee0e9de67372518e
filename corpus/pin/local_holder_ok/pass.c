// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a report on the stack gets the pointer under the lock and is printed right
 * after. It is no holder: it is gone when the function returns.
 */
#include <linux/mutex.h>
#include <linux/printk.h>

#include "guest.h"

struct pass_group {
	struct mutex lock;
	struct guest *guest;
};

struct pass_report {
	struct guest *guest;
	bool valid;
};

void pass_group_set_guest(struct pass_group *group, struct guest *guest);
void pass_group_print(struct pass_group *group);

void pass_group_set_guest(struct pass_group *group, struct guest *guest)
{
	mutex_lock(&group->lock);
	group->guest = guest;
	mutex_unlock(&group->lock);
}

static void pass_report_fill(struct pass_report *report, struct pass_group *group)
{
	mutex_lock(&group->lock);
	report->guest = group->guest; // excused pin-missing-reference "holder-dies-first"
	report->valid = true;
	mutex_unlock(&group->lock);
}

static void pass_report_make(struct pass_report *report, struct pass_group *group)
{
	pass_report_fill(report, group);
}

void pass_group_print(struct pass_group *group)
{
	struct pass_report report = {};

	pass_report_make(&report, group);
	if (report.valid && report.guest)
		pr_info("guest clock %llu\n", report.guest->clock_offset);
}

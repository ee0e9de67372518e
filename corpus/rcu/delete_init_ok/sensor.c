// SPDX-License-Identifier: Apache-2.0
/* Classic: unlink with _rcu, wait, and only then make the node reusable. */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct sensor {
	struct list_head link;
	int id;
	int value;
	struct rcu_head rcu;
};

static LIST_HEAD(sensors);
static DEFINE_MUTEX(sensors_lock);

int sensor_read(int id);
int sensor_add(int id);
void sensor_remove(int id);

int sensor_read(int id)
{
	struct sensor *s;
	int value = -ENOENT;

	rcu_read_lock();
	list_for_each_entry_rcu(s, &sensors, link) {
		if (s->id == id) {
			value = READ_ONCE(s->value);
			break;
		}
	}
	rcu_read_unlock();

	return value;
}

int sensor_add(int id)
{
	struct sensor *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return -ENOMEM;

	s->id = id;
	mutex_lock(&sensors_lock);
	list_add_tail_rcu(&s->link, &sensors);
	mutex_unlock(&sensors_lock);
	return 0;
}

void sensor_remove(int id)
{
	struct sensor *s, *tmp;
	LIST_HEAD(gone);

	mutex_lock(&sensors_lock);
	list_for_each_entry_safe(s, tmp, &sensors, link) {
		if (s->id != id)
			continue;
		list_del_rcu(&s->link);
		synchronize_rcu();
		list_add(&s->link, &gone);
	}
	mutex_unlock(&sensors_lock);

	while (!list_empty(&gone)) {
		s = list_first_entry(&gone, struct sensor, link);
		list_del_init(&s->link); // excused rcu-list-delete-init "private-list"
		kfree(s);
	}
}

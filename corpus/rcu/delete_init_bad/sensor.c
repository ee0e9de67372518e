// SPDX-License-Identifier: Apache-2.0
/* Classic: list_del_init() makes a self-loop; the walker on it spins for ever. */
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

	mutex_lock(&sensors_lock);
	list_for_each_entry_safe(s, tmp, &sensors, link) {
		if (s->id != id)
			continue;
		list_del_init(&s->link); // want rcu-list-delete-init "list_del_init\(\).*struct sensor\.link"
		kfree_rcu(s, rcu);
	}
	mutex_unlock(&sensors_lock);
}

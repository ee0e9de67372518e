// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: raw stores that are right, because the reference of a lookup or of the
 * caller goes along with the pointer, and the holder's release drops it.
 */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>

struct engine {
	refcount_t refs;
	struct list_head node;
	int id;
};

struct channel {
	struct engine *engine;
	int pending;
};

static LIST_HEAD(engines);
static DEFINE_MUTEX(engines_lock);

void engine_put(struct engine *engine);
struct channel *channel_open(int id);
void channel_adopt(struct channel *channel, struct engine *engine);
int channel_rebind(struct channel *channel, int id);
int channel_engine_id(struct channel *channel);
void channel_close(struct channel *channel);

static struct engine *engine_lookup(int id)
{
	struct engine *engine;

	mutex_lock(&engines_lock);
	list_for_each_entry(engine, &engines, node) {
		if (engine->id == id && refcount_inc_not_zero(&engine->refs)) {
			mutex_unlock(&engines_lock);
			return engine;
		}
	}
	mutex_unlock(&engines_lock);

	return NULL;
}

void engine_put(struct engine *engine)
{
	if (!refcount_dec_and_mutex_lock(&engine->refs, &engines_lock))
		return;
	list_del(&engine->node);
	mutex_unlock(&engines_lock);
	kfree(engine);
}

struct channel *channel_open(int id)
{
	struct channel *channel;
	struct engine *engine;

	engine = engine_lookup(id);
	if (!engine)
		return NULL;

	channel = kzalloc(sizeof(*channel), GFP_KERNEL);
	if (!channel) {
		engine_put(engine);
		return NULL;
	}
	channel->engine = engine; // excused pin-missing-reference "reference-transferred"
	return channel;
}

/* Takes over the caller's reference, as channel_rebind() does with its own. */
void channel_adopt(struct channel *channel, struct engine *engine)
{
	engine_put(channel->engine);
	channel->engine = engine; // excused pin-missing-reference "reference-transferred"
}

int channel_rebind(struct channel *channel, int id)
{
	struct engine *engine = engine_lookup(id);

	if (!engine)
		return -ENODEV;
	channel_adopt(channel, engine);
	return 0;
}

int channel_engine_id(struct channel *channel)
{
	return channel->engine->id;
}

void channel_close(struct channel *channel)
{
	engine_put(channel->engine);
	kfree(channel);
}

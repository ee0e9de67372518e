// SPDX-License-Identifier: Apache-2.0
/* Classic: one branch waits for the readers, the other frees at once. */
#include <linux/mutex.h>
#include <linux/rculist.h>
#include <linux/slab.h>

struct stream {
	struct list_head entry;
	u32 tag;
};

struct stream_mux {
	struct mutex lock;
	struct list_head streams;
};

bool mux_carries(struct stream_mux *mux, u32 tag);
void mux_attach(struct stream_mux *mux, struct stream *stream);
void mux_detach(struct stream_mux *mux, struct stream *stream, bool quiesce);

bool mux_carries(struct stream_mux *mux, u32 tag)
{
	struct stream *stream;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(stream, &mux->streams, entry)
		found |= stream->tag == tag;
	rcu_read_unlock();

	return found;
}

void mux_attach(struct stream_mux *mux, struct stream *stream)
{
	mutex_lock(&mux->lock);
	list_add_rcu(&stream->entry, &mux->streams);
	mutex_unlock(&mux->lock);
}

void mux_detach(struct stream_mux *mux, struct stream *stream, bool quiesce)
{
	mutex_lock(&mux->lock);
	list_del_rcu(&stream->entry);
	mutex_unlock(&mux->lock);

	if (quiesce)
		synchronize_rcu();

	kfree(stream); // want rcu-free-without-grace-period "'stream' is freed without a grace period.*struct stream\.entry"
}

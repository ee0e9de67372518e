// SPDX-License-Identifier: Apache-2.0
/*
 * Thread 004, "certainly the best flow": the mapping keeps a reference to the
 * file behind the memory and pins through it, so nobody waits for user space.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/slab.h>

struct mapping {
	struct list_head node;
	u64 iova;
	u64 size;
	struct file *file;
	pgoff_t first;
};

struct container {
	struct mutex lock;
	struct list_head mappings;
};

int container_map(struct container *container, u64 iova, u64 size, struct file *file);
struct page *container_pin(struct container *container, u64 iova);
void container_unmap_all(struct container *container);

int container_map(struct container *container, u64 iova, u64 size, struct file *file)
{
	struct mapping *m = kzalloc(sizeof(*m), GFP_KERNEL_ACCOUNT);

	if (!m)
		return -ENOMEM;

	m->iova = iova;
	m->size = size;
	m->file = get_file(file);
	mutex_lock(&container->lock);
	list_add(&m->node, &container->mappings);
	mutex_unlock(&container->lock);
	return 0;
}

struct page *container_pin(struct container *container, u64 iova)
{
	struct page *page = ERR_PTR(-EINVAL);
	struct mapping *m;

	mutex_lock(&container->lock);
	list_for_each_entry(m, &container->mappings, node) {
		if (iova < m->iova || iova - m->iova >= m->size)
			continue;
		page = read_mapping_page(m->file->f_mapping,
					 m->first + ((iova - m->iova) >> PAGE_SHIFT), m->file);
		break;
	}
	mutex_unlock(&container->lock);

	return page;
}

void container_unmap_all(struct container *container)
{
	struct mapping *m, *tmp;

	mutex_lock(&container->lock);
	list_for_each_entry_safe(m, tmp, &container->mappings, node) {
		list_del(&m->node);
		fput(m->file);
		kfree(m);
	}
	mutex_unlock(&container->lock);
}

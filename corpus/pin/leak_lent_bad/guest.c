// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a look-up that passes on what another one gives. That it comes with a reference is shown
 * by an error path that puts it, and not by its own body.
 */
#include <linux/refcount.h>
#include <linux/slab.h>

struct guest {
	refcount_t users;
	int id;
	bool dying;
};

struct guest *guests[16];

void guest_put(struct guest *guest)
{
	if (refcount_dec_and_test(&guest->users))
		kfree(guest);
}

static struct guest *guest_find(int id)
{
	struct guest *guest = guests[id];

	if (guest)
		refcount_inc(&guest->users);
	return guest;
}

static struct guest *guest_of(int id)
{
	struct guest *guest;

	guest = guest_find(id & 15);
	return guest;
}

int guest_run(int id, u32 cycles)
{
	struct guest *guest;

	guest = guest_of(id); // latent pin-leak "does not show that it always takes one"
	if (!guest)
		return -ENOENT;
	if (guest->dying) {
		guest_put(guest);
		return -ENODEV;
	}
	if (!cycles)
		return -EINVAL;
	guest_put(guest);
	return 0;
}

// SPDX-License-Identifier: Apache-2.0
/* Thread 000: with the helpers goes the module they live in. */
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/module.h>

#include "../include/guest.h"
#include "../include/pass.h"

int guest_set_group(struct guest *guest, unsigned int fd)
{
	struct file *file = fget(fd);

	if (!file)
		return -EBADF;

	if (guest->group_file) {
		fput(file);
		return -EBUSY;
	}

	pass_file_set_guest(file, guest, guest_get_safe, guest_put, THIS_MODULE);
	guest->group_file = file;
	return 0;
}

void guest_clear_group(struct guest *guest)
{
	if (!guest->group_file)
		return;
	pass_file_set_guest(guest->group_file, NULL, NULL, NULL, NULL);
	fput(guest->group_file);
	guest->group_file = NULL;
}

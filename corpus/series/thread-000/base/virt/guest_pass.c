// SPDX-License-Identifier: Apache-2.0
/* Thread 000: the hypervisor tells the other module of its guest. */
#include <linux/errno.h>
#include <linux/file.h>

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

	pass_file_set_guest(file, guest);
	guest->group_file = file;
	return 0;
}

void guest_clear_group(struct guest *guest)
{
	if (!guest->group_file)
		return;
	pass_file_set_guest(guest->group_file, NULL);
	fput(guest->group_file);
	guest->group_file = NULL;
}

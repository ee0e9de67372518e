// SPDX-License-Identifier: Apache-2.0
/* Thread 000: the hypervisor hands its own get and put to the other module. */
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

	pass_file_set_guest(file, guest, guest_get_safe, guest_put);
	guest->group_file = file;
	return 0;
}

void guest_clear_group(struct guest *guest)
{
	if (!guest->group_file)
		return;
	pass_file_set_guest(guest->group_file, NULL, NULL, NULL);
	fput(guest->group_file);
	guest->group_file = NULL;
}

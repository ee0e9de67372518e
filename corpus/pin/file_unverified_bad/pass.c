// SPDX-License-Identifier: Apache-2.0
/* Thread 000: the caller takes the fd from the user and trusts the callee. */
#include <linux/errno.h>
#include <linux/file.h>

#include "guest.h"

int pass_guest_id(unsigned int fd);

int pass_guest_id(unsigned int fd)
{
	struct file *file = fget(fd);
	int id;

	if (!file)
		return -EBADF;
	id = guest_file_id(file);
	fput(file);
	return id;
}

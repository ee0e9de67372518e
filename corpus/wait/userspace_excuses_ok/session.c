// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: waits that only a user ends and that are fine all the same: the kernel closes
 * files itself, a call in progress comes to its end, and a process that waits can be killed.
 */
#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/wait.h>

struct session {
	wait_queue_head_t closed;
	bool is_closed;
	wait_queue_head_t idle;
	atomic_t calls;
	wait_queue_head_t answered;
	bool answer;
};

void session_remove(struct session *session);

/* For as long as somebody has the file open: the last close comes at the end of the process. */
void session_remove(struct session *session)
{
	wait_event(session->closed, session->is_closed); // excused wait-for-userspace "teardown-ends-it"
	wait_event(session->idle, atomic_read(&session->calls) == 0); // excused wait-for-userspace "in-flight"
}

static int session_release(struct inode *inode, struct file *file)
{
	struct session *session = file->private_data;

	session->is_closed = true;
	wake_up(&session->closed);
	return 0;
}

static void session_begin(struct session *session)
{
	atomic_inc(&session->calls);
}

static void session_end(struct session *session)
{
	if (atomic_dec_and_test(&session->calls))
		wake_up(&session->idle);
}

static long session_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct session *session = file->private_data;

	session_begin(session);
	session_end(session);
	return 0;
}

/* One process asks, another answers. */
static ssize_t session_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct session *session = file->private_data;

	return wait_event_killable(session->answered, session->answer); // excused wait-for-userspace "killable"
}

static ssize_t session_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct session *session = file->private_data;

	session->answer = true;
	wake_up(&session->answered);
	return count;
}

const struct file_operations session_fops;
const struct file_operations session_fops = {
	.read = session_read,
	.write = session_write,
	.unlocked_ioctl = session_ioctl,
	.release = session_release,
};

/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: what the driver beside it needs of sequence files. */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

struct seq_file;

struct seq_operations {
	void *(*start)(struct seq_file *seq, loff_t *pos);
	void *(*next)(struct seq_file *seq, void *v, loff_t *pos);
	int (*show)(struct seq_file *seq, void *v);
	void (*stop)(struct seq_file *seq, void *v);
};

#endif

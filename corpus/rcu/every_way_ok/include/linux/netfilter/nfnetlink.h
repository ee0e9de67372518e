/* SPDX-License-Identifier: Apache-2.0 */
/* Classic: what the driver beside it needs of nfnetlink. */
#ifndef _LINUX_NFNETLINK_H
#define _LINUX_NFNETLINK_H

struct sk_buff;
struct nfnl_info;
struct nlattr;

struct nfnl_callback {
	int (*call)(struct sk_buff *skb, const struct nfnl_info *info, const struct nlattr * const cda[]);
	int type;
};

#endif

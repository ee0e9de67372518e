// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: a session outlives the caller that lends it the account; one of the
 * ways to set the account takes a reference, the others do not.
 */
#include <linux/errno.h>
#include <linux/slab.h>

#include "account.h"

struct session {
	struct account *account;
	u64 spent;
};

struct session *session_open(struct account *account);
void session_switch(struct session *session, struct account *account);
void session_borrow(struct session *session, u32 uid);
int session_spend(struct session *session, u64 amount);
void session_close(struct session *session);

struct session *session_open(struct account *account)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return NULL;
	session->account = account_get(account);
	return session;
}

/* The session's own reference goes, no other one comes. */
void session_switch(struct session *session, struct account *account)
{
	account_put(session->account);
	session->account = account; // want pin-missing-reference "struct session\.account.*struct account"
}

int session_spend(struct session *session, u64 amount)
{
	if (session->account->balance < amount)
		return -EDQUOT;
	session->account->balance -= amount;
	session->spent += amount;
	return 0;
}

void session_close(struct session *session)
{
	account_put(session->account);
	kfree(session);
}

/* The temporary is stored and then put: what is left is a bare pointer. */
void session_borrow(struct session *session, u32 uid)
{
	struct account *account = account_create(uid);

	if (!account)
		return;
	account_put(session->account);
	session->account = account; // want pin-missing-reference "struct session\.account.*struct account"
	account_put(account);
}

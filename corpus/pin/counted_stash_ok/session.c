// SPDX-License-Identifier: Apache-2.0
/*
 * Classic: each store has a reference: taken before, taken after, taken in the
 * same expression, brought along by a new object; or a holder that ends first.
 */
#include <linux/errno.h>
#include <linux/slab.h>

#include "account.h"

struct session {
	struct account *account;
	u64 spent;
};

struct transfer {
	struct account *from;
	struct account *to;
	u64 amount;
};

struct session *session_open(struct account *account);
void session_switch(struct session *session, struct account *account);
void session_replace(struct session *session, struct account *account);
int session_renew(struct session *session, u32 uid);
int session_move(struct session *session, struct account *to, u64 amount);
void session_close(struct session *session);

struct session *session_open(struct account *account)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return NULL;
	session->account = account_get(account); // excused pin-missing-reference "reference-taken"
	return session;
}

void session_switch(struct session *session, struct account *account)
{
	struct account *old = session->account;

	account_get(account);
	session->account = account; // excused pin-missing-reference "reference-taken"
	account_put(old);
}

void session_replace(struct session *session, struct account *account)
{
	struct account *old = session->account;

	session->account = account; // excused pin-missing-reference "reference-taken"
	kref_get(&session->account->core.kref);
	account_put(old);
}

/* The first reference of a new object is the caller's, and goes along. */
int session_renew(struct session *session, u32 uid)
{
	struct account *account = account_create(uid);

	if (!account)
		return -ENOMEM;
	account_put(session->account);
	session->account = account; // excused pin-missing-reference "reference-transferred"
	return 0;
}

static int transfer_run(const struct transfer *transfer)
{
	if (transfer->from->balance < transfer->amount)
		return -EDQUOT;
	transfer->from->balance -= transfer->amount;
	transfer->to->balance += transfer->amount;
	return 0;
}

/* The holder is on the stack and does not outlive the caller's references. */
int session_move(struct session *session, struct account *to, u64 amount)
{
	struct transfer transfer = {
		.from = session->account,
		.to = to,
		.amount = amount,
	};

	return transfer_run(&transfer);
}

void session_close(struct session *session)
{
	account_put(session->account);
	kfree(session);
}

// SPDX-License-Identifier: Apache-2.0
// rcu-list-plain-delete, as far as one file can tell: a node that this file publishes to lockless
// readers leaves its list with a plain deletion.
@published@
type T;
T *node;
identifier link;
expression head;
@@
(
list_add_rcu(&node->link, head)
|
list_add_tail_rcu(&node->link, head)
|
hlist_add_head_rcu(&node->link, head)
|
hlist_add_tail_rcu(&node->link, head)
)

@depends on published@
type published.T;
T *other;
identifier published.link;
@@
(
* list_del(&other->link)
|
* hlist_del(&other->link)
)

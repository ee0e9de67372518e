// SPDX-License-Identifier: Apache-2.0
// rcu-free-without-grace-period, as far as one function can tell.
@@
expression node;
identifier link;
@@
(
* list_del_rcu(&node->link);
|
* hlist_del_rcu(&node->link);
)
  ... when != synchronize_rcu()
      when != synchronize_rcu_expedited()
      when != synchronize_srcu(...)
      when != synchronize_net()
      when != rcu_barrier()
      when != node = ...
(
* kfree(node);
|
* kvfree(node);
|
* kfree_sensitive(node);
|
* kmem_cache_free(..., node);
)

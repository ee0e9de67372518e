// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Names that idioms.txt gives a meaning. */
final class IdiomLoweringTest {
  @Test
  void containers() {
    Lowered.check(
        """
        void f(struct foo *p, struct list_head *head, struct timer_list *t)
        {
        	struct foo *a = container_of(p->inner, struct foo, part.inner);
        	struct foo *b = list_first_entry(&p->list, struct foo, node);
        	struct foo *c = list_entry(head->next, typeof(*c), node);
        	struct foo *d = from_timer(d, t, timer);
        	my_t *e = rb_entry(p->rb, my_t, rb);

        	a = list_next_entry(a, node);
        	use(container_of(p, struct bar, foo)->x, list_last_entry(head, struct foo, node)->y);
        }
        """,
        """
        fn f(p: struct foo *, head: struct list_head *, t: struct timer_list *) -> void
        b0:
          a = container_of(p->inner, struct foo, part.inner)  @3
          b = container_of(p->list.next, struct foo, node)  @4
          c = container_of(head->next, struct foo, node)  @5
          d = container_of(t, struct foo, timer)  @6
          e = container_of(p->rb, my_t, rb)  @7
          a = container_of(a->node.next, struct foo, node)  @9
          %1 = container_of(p, struct bar, foo)  @10
          %2 = container_of(head->prev, struct foo, node)  @10
          use(%1->x, %2->y)  @10
          return
        with %1: struct bar *, %2: struct foo *
        """);
  }

  @Test
  void containersThatMayBeMissing() {
    Lowered.check(
        """
        struct foo *f(struct foo *p)
        {
        	struct foo *a = list_first_entry_or_null(&p->list, struct foo, node);

        	use(hlist_entry_safe(p->first, struct foo, hnode));
        	return a;
        }
        """,
        """
        fn f(p: struct foo *) -> struct foo *
        b0:
          if p->list.next == &p->list goto b1 else b2
        b1:
          a = 0  @3
          goto b3
        b2:
          a = container_of(p->list.next, struct foo, node)  @3
          goto b3
        b3:
          if p->first == 0 goto b4 else b5
        b4:
          %1 = 0  @5
          goto b6
        b5:
          %1 = container_of(p->first, struct foo, hnode)  @5
          goto b6
        b6:
          use(%1)  @5
          return a
        with %1: struct foo *
        """);
  }

  @Test
  void storesKeepTheirCallAndAssign() {
    Lowered.check(
        """
        void f(struct foo *p, struct foo *q)
        {
        	struct foo *old;

        	WRITE_ONCE(p->x, 1);
        	smp_store_release(&p->ready, q->x);
        	rcu_assign_pointer(p->next, q);
        	RCU_INIT_POINTER(p->next, NULL);
        	old = rcu_replace_pointer(p->next, q, lockdep_is_held(&p->lock));
        	old = xchg(&p->next, NULL);
        }
        """,
        """
        fn f(p: struct foo *, q: struct foo *) -> void
        b0:
          WRITE_ONCE(p->x, 1)  @5
          p->x = 1  @5
          smp_store_release(&p->ready, q->x)  @6
          p->ready = q->x  @6
          rcu_assign_pointer(p->next, q)  @7
          p->next = q  @7
          RCU_INIT_POINTER(p->next, 0)  @8
          p->next = 0  @8
          old = rcu_replace_pointer(p->next, q, lockdep_is_held(&p->lock))  @9
          p->next = q  @9
          old = xchg(&p->next, 0)  @10
          p->next = 0  @10
          return
        """);
  }

  @Test
  void readsAreTransparent() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	READ_ONCE(p->q)->x = READ_ONCE(p->x);
        	this_cpu_ptr(p->pcpu)->n++;
        	return rcu_dereference(p->next)->x;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          p->q->x = p->x  @3
          p->pcpu->n = (p->pcpu->n + 1)  @4
          %1 = rcu_dereference(p->next)  @5
          return %1->x
        with %1: ?
        """);
  }

  @Test
  void macrosThatTestRepeatedly() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	wait_event(p->wq, p->done && !busy(p));
        	p = rcu_dereference_protected(p->next, lockdep_is_held(&p->lock) || p->dead);
        	return wait_event_interruptible(p->wq, READ_ONCE(p->done));
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          if p->done != 0 goto b1 else b2
        b1:
          %1 = busy(p)  @3
          goto b2
        b2:
          wait_event(p->wq, (p->done && !(busy(p))))  @3
          p = rcu_dereference_protected(p->next, (lockdep_is_held(&p->lock) || p->dead))  @4
          %2 = wait_event_interruptible(p->wq, p->done)  @5
          return %2
        with %1: ?, %2: ?
        """);
  }

  @Test
  void typedResults() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	return list_first_or_null_rcu(&p->list, struct foo, node)->x;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          %1 = list_first_or_null_rcu(&p->list, type(struct foo), node)  @3
          return %1->x
        with %1: struct foo *
        """);
  }

  @Test
  void declaredVariables() {
    Lowered.check(
        """
        void f(struct foo *p)
        {
        	LIST_HEAD(gone);
        	DEFINE_WAIT(wait);

        	list_add(&p->node, &gone);
        	finish_wait(&p->wq, &wait);
        }
        """,
        """
        fn f(p: struct foo *) -> void
        b0:
          gone = LIST_HEAD(gone)  @3
          wait = DEFINE_WAIT(wait)  @4
          list_add(&p->node, &gone)  @6
          finish_wait(&p->wq, &wait)  @7
          return
        """);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Scopes whose ends the source does not spell. */
final class ScopeLoweringTest {
  @Test
  void guardsEndWithTheirScope() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	guard(rcu)();
        	if (p->a) {
        		guard(mutex)(&p->lock);
        		if (p->b)
        			return -1;
        		use(p);
        	}
        	return p->c;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          guard(rcu)()  @3
          if p->a != 0 goto b1 else b4
        b1:
          guard(mutex)(&p->lock)  @5
          if p->b != 0 goto b2 else b3
        b2:
          cleanup ~guard(mutex)(&p->lock)  @7
          cleanup ~guard(rcu)()  @7
          return -1
        b3:
          use(p)  @8
          cleanup ~guard(mutex)(&p->lock)  @9
          goto b4
        b4:
          %1 = p->c  @10
          cleanup ~guard(rcu)()  @10
          return %1
        with %1: ?
        """);
  }

  @Test
  void aGuardOfAPlainNameIsNoDeclaration() {
    Lowered.check(
        """
        static void f(spinlock_t *lock)
        {
        	guard(spinlock)(lock);
        	work();
        }
        """,
        """
        fn f(lock: spinlock_t *) -> void
        b0:
          guard(spinlock)(lock)  @3
          work()  @4
          cleanup ~guard(spinlock)(lock)  @5
          return
        """);
  }

  @Test
  void everyWayOutOfALoopCleansUp() {
    Lowered.check(
        """
        void f(struct foo *p)
        {
        	struct foo *pos;

        	list_for_each_entry(pos, &p->list, node) {
        		guard(mutex)(&pos->lock);
        		if (pos->a)
        			continue;
        		if (pos->b)
        			break;
        		if (pos->c)
        			goto out;
        		if (pos->d)
        			return;
        		use(pos);
        	}
        	after(p);
        out:
        	end(p);
        }
        """,
        """
        fn f(p: struct foo *) -> void
        b0:
          pos = each list_for_each_entry(pos, &p->list, node)  @5
          while-next goto b1 else b10
        b1:
          guard(mutex)(&pos->lock)  @6
          if pos->a != 0 goto b2 else b3
        b2:
          cleanup ~guard(mutex)(&pos->lock)  @8
          goto b0
        b3:
          if pos->b != 0 goto b4 else b5
        b4:
          cleanup ~guard(mutex)(&pos->lock)  @10
          goto b10
        b5:
          if pos->c != 0 goto b6 else b7
        b6:
          cleanup ~guard(mutex)(&pos->lock)  @12
          goto b11
        b7:
          if pos->d != 0 goto b8 else b9
        b8:
          cleanup ~guard(mutex)(&pos->lock)  @14
          return
        b9:
          use(pos)  @15
          cleanup ~guard(mutex)(&pos->lock)  @16
          goto b0
        b10:
          after(p)  @17
          goto b11
        b11:
          end(p)  @19
          return
        """);
  }

  @Test
  void scopedGuardRunsItsStatementOnce() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	scoped_guard(mutex, &p->lock) {
        		if (p->a)
        			break;
        		if (p->b)
        			return -1;
        		use(p);
        	}
        	scoped_guard(spinlock_irqsave, &p->slock)
        		use(p);
        	return 0;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          guard(mutex)(&p->lock)  @3
          if p->a != 0 goto b1 else b2
        b1:
          cleanup ~guard(mutex)(&p->lock)  @5
          goto b5
        b2:
          if p->b != 0 goto b3 else b4
        b3:
          cleanup ~guard(mutex)(&p->lock)  @7
          return -1
        b4:
          use(p)  @8
          cleanup ~guard(mutex)(&p->lock)  @9
          goto b5
        b5:
          guard(spinlock_irqsave)(&p->slock)  @10
          use(p)  @11
          cleanup ~guard(spinlock_irqsave)(&p->slock)  @11
          return 0
        """);
  }

  @Test
  void scopedGuardsThatMayFail() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	scoped_guard(mutex_try, &p->lock)
        		use(p);
        	scoped_cond_guard(mutex_intr, return -EINTR, &p->lock) {
        		use(p);
        	}
        	return 0;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          %1 = guard(mutex_try)(&p->lock)  @3
          if %1 != 0 goto b1 else b2
        b1:
          use(p)  @4
          cleanup ~guard(mutex_try)(&p->lock)  @4
          goto b2
        b2:
          %2 = guard(mutex_intr)(&p->lock)  @5
          if %2 != 0 goto b3 else b4
        b3:
          use(p)  @6
          cleanup ~guard(mutex_intr)(&p->lock)  @7
          return 0
        b4:
          return -(EINTR)
        with %1: int, %2: int
        """);
  }

  @Test
  void classes() {
    Lowered.check(
        """
        int f(int n)
        {
        	CLASS(fd, f)(n);

        	if (fd_empty(f))
        		return -EBADF;
        	return use(fd_file(f));
        }
        """,
        """
        fn f(n: int) -> int
        b0:
          f = class(fd)(n)  @3
          %1 = fd_empty(f)  @5
          if %1 != 0 goto b1 else b2
        b1:
          cleanup ~class(fd)(f)  @6
          return -(EBADF)
        b2:
          %2 = fd_file(f)  @7
          %3 = use(%2)  @7
          cleanup ~class(fd)(f)  @7
          return %3
        with %1: ?, %2: ?, %3: ?
        """);
  }

  @Test
  void freeRunsInReverseOrder() {
    Lowered.check(
        """
        struct foo *f(struct bar *b)
        {
        	struct foo *p __free(kfree) = kzalloc(sizeof(*p), GFP_KERNEL);
        	void *q __free(kvfree) = NULL;

        	if (!p)
        		return ERR_PTR(-ENOMEM);
        	q = more(p);
        	if (b->bad)
        		return b->fallback;
        	return no_free_ptr(p);
        }
        """,
        """
        fn f(b: struct bar *) -> struct foo *
        b0:
          p = kzalloc(sizeof(type(struct foo)), GFP_KERNEL)  @3
          q = 0  @4
          if p == 0 goto b1 else b2
        b1:
          cleanup __free(kvfree)(q)  @7
          cleanup __free(kfree)(p)  @7
          return ERR_PTR(-(ENOMEM))
        b2:
          q = more(p)  @8
          if b->bad != 0 goto b3 else b4
        b3:
          %1 = b->fallback  @10
          cleanup __free(kvfree)(q)  @10
          cleanup __free(kfree)(p)  @10
          return %1
        b4:
          %2 = p  @11
          p = 0  @11
          cleanup __free(kvfree)(q)  @11
          cleanup __free(kfree)(p)  @11
          return %2
        with %1: ?, %2: struct foo *
        """);
  }

  @Test
  void returnPtrMovesOut() {
    Lowered.check(
        """
        struct foo *f(struct bar *b)
        {
        	struct foo *p __free(kfree) = make(b);

        	b->keep = no_free_ptr(p);
        	p = make(b);
        	return_ptr(p);
        }
        """,
        """
        fn f(b: struct bar *) -> struct foo *
        b0:
          p = make(b)  @3
          b->keep = p  @5
          p = 0  @5
          p = make(b)  @6
          %1 = p  @7
          p = 0  @7
          cleanup __free(kfree)(p)  @7
          return %1
        with %1: struct foo *
        """);
  }

  @Test
  void gotosLeaveTheScopesBetween() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	int n = 0;
        again:
        	{
        		guard(mutex)(&p->lock);
        		if (p->again)
        			goto again;
        	}
        	{
        		guard(rcu)();
        		if (n)
        			goto out;
        		use(p);
        	}
        	return 1;
        out:
        	return 0;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          n = 0  @3
          goto b1
        b1:
          guard(mutex)(&p->lock)  @6
          if p->again != 0 goto b2 else b3
        b2:
          cleanup ~guard(mutex)(&p->lock)  @8
          goto b1
        b3:
          cleanup ~guard(mutex)(&p->lock)  @9
          guard(rcu)()  @11
          if n != 0 goto b4 else b5
        b4:
          cleanup ~guard(rcu)()  @13
          return 0
        b5:
          use(p)  @14
          cleanup ~guard(rcu)()  @15
          return 1
        """);
  }

  @Test
  void statementExpressionsAreScopes() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	int n = ({ guard(mutex)(&p->lock); p->x; });

        	return use(n, ({ guard(rcu)(); p->y; }));
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          guard(mutex)(&p->lock)  @3
          n = p->x  @3
          cleanup ~guard(mutex)(&p->lock)  @3
          guard(rcu)()  @5
          %1 = p->y  @5
          cleanup ~guard(rcu)()  @5
          %2 = use(n, %1)  @5
          return %2
        with %1: ?, %2: ?
        """);
  }

  @Test
  void cursorsDeclaredByTheLoopAreFreed() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	for_each_child_of_node_scoped(p->np, child) {
        		if (child->x)
        			return 1;
        		if (child->y)
        			break;
        	}
        	return 0;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          child = each for_each_child_of_node_scoped(p->np, child)  @3
          while-next goto b1 else b4
        b1:
          if child->x != 0 goto b2 else b3
        b2:
          cleanup __free(device_node)(child)  @5
          return 1
        b3:
          if child->y != 0 goto b4 else b0
        b4:
          cleanup __free(device_node)(child)  @8
          return 0
        """);
  }
}

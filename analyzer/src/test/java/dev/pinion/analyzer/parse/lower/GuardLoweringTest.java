// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Locks that are held to the end of a scope. */
final class GuardLoweringTest {
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
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Which scopes a jump leaves, and where those end whose ends the source does not spell. */
final class ScopeLoweringTest {
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
}

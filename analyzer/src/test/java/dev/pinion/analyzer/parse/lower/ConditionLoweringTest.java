// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Conditions as branches. */
final class ConditionLoweringTest {
  @Test
  void negationFoldsIntoTheOperator() {
    Lowered.check(
        """
        void f(struct foo *p, int n)
        {
        	if (!p)
        		a();
        	if (!(n < 3))
        		b();
        	if (!!n)
        		c();
        	if (NULL == p || 3 > n)
        		d();
        	if (!(p && n))
        		e();
        }
        """,
        """
        fn f(p: struct foo *, n: int) -> void
        b0:
          if p == 0 goto b1 else b2
        b1:
          a()  @4
          goto b2
        b2:
          if n >= 3 goto b3 else b4
        b3:
          b()  @6
          goto b4
        b4:
          if n != 0 goto b5 else b6
        b5:
          c()  @8
          goto b6
        b6:
          if p == 0 goto b8 else b7
        b7:
          if n < 3 goto b8 else b9
        b8:
          d()  @10
          goto b9
        b9:
          if p == 0 goto b11 else b10
        b10:
          if n == 0 goto b11 else b12
        b11:
          e()  @12
          goto b12
        b12:
          return
        """);
  }

  @Test
  void warningsAndHintsAreTransparent() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	if (WARN_ON(IS_ERR(p)))
        		return PTR_ERR(p);
        	if (unlikely(!p) || WARN_ONCE(p->x < 0, "bad %d", p->x))
        		return -1;
        	WARN_ON_ONCE(!locked(p));
        	return PTR_ERR_OR_ZERO(p);
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          if IS_ERR(p) != 0 goto b1 else b2
        b1:
          return PTR_ERR(p)
        b2:
          if p == 0 goto b4 else b3
        b3:
          if p->x < 0 goto b4 else b5
        b4:
          return -1
        b5:
          %1 = locked(p)  @7
          return PTR_ERR_OR_ZERO(p)
        with %1: ?
        """);
  }

  @Test
  void shortCircuitsAreBranchesOfTheirOwn() {
    Lowered.check(
        """
        void f(struct foo *p, int n)
        {
        	if (p && (n || p->x) && !get(p))
        		a();
        	else
        		b();
        	if (n ? p->x : p->y)
        		c();
        }
        """,
        """
        fn f(p: struct foo *, n: int) -> void
        b0:
          if p != 0 goto b1 else b5
        b1:
          if n != 0 goto b3 else b2
        b2:
          if p->x != 0 goto b3 else b5
        b3:
          %1 = get(p)  @3
          if %1 == 0 goto b4 else b5
        b4:
          a()  @4
          goto b6
        b5:
          b()  @6
          goto b6
        b6:
          if n != 0 goto b7 else b8
        b7:
          if p->x != 0 goto b9 else b10
        b8:
          if p->y != 0 goto b9 else b10
        b9:
          c()  @8
          goto b10
        b10:
          return
        with %1: ?
        """);
  }

  @Test
  void assignmentsAndCallsInConditions() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	int ret;

        	if ((ret = get(p)) < 0)
        		return ret;
        	while ((p = next(p)) != NULL && p->x)
        		use(p);
        	if (get(p), p->y)
        		return 1;
        	return 0;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          ret = get(p)  @5
          if ret < 0 goto b1 else b2
        b1:
          return ret
        b2:
          p = next(p)  @7
          if p != 0 goto b3 else b5
        b3:
          if p->x != 0 goto b4 else b5
        b4:
          use(p)  @8
          goto b2
        b5:
          get(p)  @9
          if p->y != 0 goto b6 else b7
        b6:
          return 1
        b7:
          return 0
        """);
  }

  @Test
  void constantConditionsHaveNoFalseEdge() {
    Lowered.check(
        """
        void f(int n)
        {
        	if (0)
        		never();
        	if (1)
        		always();
        	do {
        		once();
        	} while (0);
        	while (1) {
        		if (n)
        			break;
        		again();
        	}
        	if (sizeof(int) > 3)
        		open();
        	for (;;)
        		;
        }
        """,
        """
        fn f(n: int) -> void
        b0:
          always()  @6
          once()  @8
          goto b1
        b1:
          if n != 0 goto b2 else b5
        b2:
          if sizeof(type(int)) > 3 goto b3 else b4
        b3:
          open()  @16
          goto b4
        b4:
          goto b4
        b5:
          again()  @13
          goto b1
        """);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Where blocks end, and which there are. */
final class BlockLoweringTest {
  @Test
  void codeAfterAReturnIsDropped() {
    Lowered.check(
        """
        int f(int n)
        {
        	return n;
        	never(n);
        	if (n)
        		never();
        again:
        	if (n)
        		goto again;
        }
        """,
        """
        fn f(n: int) -> int
        b0:
          return n
        """);
  }

  @Test
  void callsThatDoNotReturnEndTheBlock() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	BUG_ON(!p);
        	if (p->x)
        		panic("x %d", p->x);
        	if (p->y)
        		BUG();
        	unreachable();
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          if p == 0 goto b1 else b2
        b1:
          unreachable
        b2:
          if p->x != 0 goto b3 else b4
        b3:
          panic("x %d", p->x)  @5
          unreachable
        b4:
          if p->y != 0 goto b5 else b6
        b5:
          BUG()  @7
          unreachable
        b6:
          unreachable()  @8
          unreachable
        """);
  }

  @Test
  void graphsAreMaximalBlocksInReversePostorder() {
    Lowered.check(
        """
        int f(int a, int b)
        {
        	{
        		{
        			;
        		}
        		x();
        	}
        	if (a) {
        	} else {
        	}
        	if (b)
        		goto end;
        	goto end;
        end:
        	y();
        	return a;
        }
        """,
        """
        fn f(a: int, b: int) -> int
        b0:
          x()  @7
          y()  @16
          return a
        """);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Labels, cases and what leads to them. */
final class JumpLoweringTest {
  @Test
  void gotoLadder() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	int err;

        	err = a(p);
        	if (err)
        		goto out;
        	err = b(p);
        	if (err)
        		goto undo_a;
        	return 0;
        undo_a:
        	un_a(p);
        out:
        	return err;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          err = a(p)  @5
          if err != 0 goto b3 else b1
        b1:
          err = b(p)  @8
          if err != 0 goto b2 else b4
        b2:
          un_a(p)  @13
          goto b3
        b3:
          return err
        b4:
          return 0
        """);
  }

  @Test
  void switchesFallThrough() {
    Lowered.check(
        """
        int f(int n)
        {
        	switch (n) {
        	case 1:
        		a();
        		fallthrough;
        	case 2:
        	case 'x':
        		b();
        		break;
        	case 3 ... 5:
        	case FOO:
        		return c();
        	default:
        		d();
        	}
        	switch (n) {
        	case -1:
        		e();
        	}
        	return 0;
        }
        """,
        """
        fn f(n: int) -> int
        b0:
          switch n [1 b1, 2 b2, 120 b2, ? b3, ? b3] else b4
        b1:
          a()  @5
          goto b2
        b2:
          b()  @9
          goto b5
        b3:
          %1 = c()  @13
          return %1
        b4:
          d()  @15
          goto b5
        b5:
          switch n [-1 b6] else b7
        b6:
          e()  @19
          goto b7
        b7:
          return 0
        with %1: ?
        """);
  }

  @Test
  void casesMayStandInsideLoops() {
    Lowered.check(
        """
        void f(int n, char *p)
        {
        	switch (n & 3) {
        	case 0:
        		do {
        			*p++ = 0;
        	case 1:
        			*p++ = 1;
        		} while (--n);
        	}
        }
        """,
        """
        fn f(n: int, p: char *) -> void
        b0:
          switch (n & 3) [0 b2, 1 b1] else b3
        b1:
          %2 = p  @8
          p = (p + 1)  @8
          (*%2) = 1  @8
          n = (n - 1)  @9
          if n != 0 goto b2 else b3
        b2:
          %1 = p  @6
          p = (p + 1)  @6
          (*%1) = 0  @6
          goto b1
        b3:
          return
        with %1: char *, %2: char *
        """);
  }

  @Test
  void computedGotosReachEveryLabelTaken() {
    Lowered.check(
        """
        void f(int n)
        {
        	static const void *tab[] = { &&a, &&b };

        	goto *tab[n];
        a:
        	one();
        b:
        	two();
        }
        """,
        """
        fn f(n: int) -> void
        b0:
          switch tab[] [? b1] else b2
        b1:
          one()  @7
          goto b2
        b2:
          two()  @9
          return
        """);
  }

  @Test
  void asmGotoMayJump() {
    Lowered.check(
        """
        int f(struct static_key *key)
        {
        	asm goto("1: nop" : : "i" (key) : : l_yes);
        	return 0;
        l_yes:
        	return 1;
        }
        """,
        """
        fn f(key: struct static_key *) -> int
        b0:
          if __asm_goto() != 0 goto b1 else b2
        b1:
          return 1
        b2:
          return 0
        """);
  }
}

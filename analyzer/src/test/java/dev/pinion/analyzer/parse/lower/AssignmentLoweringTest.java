// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** What writes: places, and the order of reads and writes. */
final class AssignmentLoweringTest {
  @Test
  void placesAreChainsOfMembers() {
    Lowered.check(
        """
        void f(struct dev *dev, int i)
        {
        	dev->group->kvm = dev->tab[i].a.b[2];
        	(*dev).x = (&dev->lock)->owner;
        	*dev->p = **dev->q;
        	use(&dev->lock, &dev->tab[i], &*dev, *&i);
        }
        """,
        """
        fn f(dev: struct dev *, i: int) -> void
        b0:
          dev->group->kvm = dev->tab[].a.b[]  @3
          dev->x = dev->lock.owner  @4
          (*dev->p) = (*(*dev->q))  @5
          use(&dev->lock, &dev->tab[], dev, i)  @6
          return
        """);
  }

  @Test
  void incrementsReadAndWrite() {
    Lowered.check(
        """
        int f(struct foo *p, int n)
        {
        	p->n++;
        	*p->cur++ = n--;
        	n += ++p->n;
        	n <<= 2;
        	return n++;
        }
        """,
        """
        fn f(p: struct foo *, n: int) -> int
        b0:
          p->n = (p->n + 1)  @3
          %1 = p->cur  @4
          p->cur = (p->cur + 1)  @4
          %2 = n  @4
          n = (n - 1)  @4
          (*%1) = %2  @4
          p->n = (p->n + 1)  @5
          n = (n + p->n)  @5
          n = (n << 2)  @6
          %3 = n  @7
          n = (n + 1)  @7
          return %3
        with %1: ?, %2: int, %3: int
        """);
  }

  @Test
  void assignmentsAreValues() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	int a, b;

        	a = b = p->x;
        	a = (p->y = 1, get(p));
        	return (a = get(p)) + b;
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          b = p->x  @5
          a = b  @5
          p->y = 1  @6
          a = get(p)  @6
          a = get(p)  @7
          return (a + b)
        """);
  }

  @Test
  void initialisersAssignFieldByField() {
    Lowered.check(
        """
        void f(struct foo *p)
        {
        	struct req r = { .a = get(p), .b.c = p->x, .zero = 0, };
        	struct pair pairs[] = { { p, &p->x }, { NULL, NULL } };
        	int numbers[3] = { 1, 2, 3 };
        	char text[] = "abc";
        	struct foo empty = {};

        	*p = (struct foo){ .a = p->b, .b = p->a };
        	use(&(struct req){ .a = 1 });
        }
        """,
        """
        fn f(p: struct foo *) -> void
        b0:
          %1 = get(p)  @3
          r = 0  @3
          r.a = %1  @3
          r.b.c = p->x  @3
          pairs = 0  @4
          pairs[].#0 = p  @4
          pairs[].#1 = &p->x  @4
          numbers = 0  @5
          text = "abc"  @6
          empty = 0  @7
          %2 = p->b  @9
          %3 = p->a  @9
          (*p) = 0  @9
          p->a = %2  @9
          p->b = %3  @9
          %4 = 0  @10
          %4.a = 1  @10
          use(&%4)  @10
          return
        with %1: ?, %2: ?, %3: ?, %4: struct req
        """);
  }

  @Test
  void shadowingVariablesAreRenamed() {
    Lowered.check(
        """
        int f(int x)
        {
        	if (x) {
        		int x = get(1);
        		use(x);
        	}
        	for (int i = 0; i < 2; i++)
        		use(i);
        	for (int i = x; i; i--)
        		use(i);
        	return x;
        }
        """,
        """
        fn f(x: int) -> int
        b0:
          if x != 0 goto b1 else b2
        b1:
          x'2 = get(1)  @4
          use(x'2)  @5
          goto b2
        b2:
          i = 0  @7
          goto b3
        b3:
          if i < 2 goto b4 else b5
        b4:
          use(i)  @8
          i = (i + 1)  @7
          goto b3
        b5:
          i'2 = x  @9
          goto b6
        b6:
          if i'2 != 0 goto b7 else b8
        b7:
          use(i'2)  @10
          i'2 = (i'2 - 1)  @9
          goto b6
        b8:
          return x
        """);
  }

  @Test
  void assemblyWritesItsOutputs() {
    Lowered.check(
        """
        void f(struct foo *p, int n)
        {
        	int out = 0;

        	asm volatile("x %0" : "=r" (out), "+m" (p->x) : "r" (n) : "memory");
        	use(out);
        }
        """,
        """
        fn f(p: struct foo *, n: int) -> void
        b0:
          out = 0  @3
          out = asm()  @5
          p->x = asm()  @5
          use(out)  @6
          return
        """);
  }
}

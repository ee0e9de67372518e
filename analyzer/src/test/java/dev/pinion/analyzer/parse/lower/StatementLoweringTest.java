// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Control flow. */
final class StatementLoweringTest {
  @Test
  void loops() {
    Lowered.check(
        """
        void f(struct foo *p, int n)
        {
        	int i;

        	for (i = 0; i < n; i++) {
        		if (i == 3)
        			continue;
        		if (p->x)
        			break;
        		a(i);
        	}
        	while (n--)
        		b();
        	do {
        		if (c())
        			continue;
        		d();
        	} while (p->y);
        }
        """,
        """
        fn f(p: struct foo *, n: int) -> void
        b0:
          i = 0  @5
          goto b1
        b1:
          if i < n goto b2 else b6
        b2:
          if i == 3 goto b5 else b3
        b3:
          if p->x != 0 goto b6 else b4
        b4:
          a(i)  @10
          goto b5
        b5:
          i = (i + 1)  @5
          goto b1
        b6:
          %1 = n  @12
          n = (n - 1)  @12
          if %1 != 0 goto b7 else b8
        b7:
          b()  @13
          goto b6
        b8:
          %2 = c()  @15
          if %2 != 0 goto b10 else b9
        b9:
          d()  @17
          goto b10
        b10:
          if p->y != 0 goto b8 else b11
        b11:
          return
        with %1: int, %2: ?
        """);
  }

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
  void loopMacros() {
    Lowered.check(
        """
        void f(struct foo *p, struct net *net, struct list_head *lh)
        {
        	struct foo *pos, *tmp;
        	struct net_device *dev;
        	struct thing *thing;
        	unsigned long index;
        	int cpu;

        	list_for_each_entry(pos, &p->list, node) {
        		if (pos->skip)
        			continue;
        		if (pos->last)
        			break;
        		use(pos);
        	}
        	list_for_each_entry_safe(pos, tmp, get_head(p), node)
        		list_del(&pos->node);
        	for_each_netdev(net, dev)
        		use(dev);
        	for_each_possible_cpu(cpu)
        		use(per_cpu(counter, cpu));
        	xa_for_each(&p->xa, index, pos)
        		use(pos);
        	for_each_unlisted_thing(pos, thing)
        		use(thing);
        	for (; more(p); )
        		use(p);
        }
        """,
        """
        fn f(p: struct foo *, net: struct net *, lh: struct list_head *) -> void
        b0:
          pos = each list_for_each_entry(pos, &p->list, node)  @9
          while-next goto b1 else b4
        b1:
          if pos->skip != 0 goto b0 else b2
        b2:
          if pos->last != 0 goto b4 else b3
        b3:
          use(pos)  @14
          goto b0
        b4:
          %1 = get_head(p)  @16
          pos = each list_for_each_entry_safe(pos, tmp, %1, node)  @16
          while-next goto b5 else b6
        b5:
          tmp = next(pos)  @16
          list_del(&pos->node)  @17
          goto b4
        b6:
          dev = each for_each_netdev(net, dev)  @18
          while-next goto b7 else b8
        b7:
          use(dev)  @19
          goto b6
        b8:
          cpu = each for_each_possible_cpu(cpu)  @20
          while-next goto b9 else b10
        b9:
          use(counter)  @21
          goto b8
        b10:
          pos = each xa_for_each(&p->xa, index, pos)  @22
          while-next goto b11 else b12
        b11:
          index = next(pos)  @22
          use(pos)  @23
          goto b10
        b12:
          thing = each for_each_unlisted_thing(pos, thing)  @24
          while-next goto b13 else b14
        b13:
          use(thing)  @25
          goto b12
        b14:
          %2 = more(p)  @26
          if %2 != 0 goto b15 else b16
        b15:
          use(p)  @27
          goto b14
        b16:
          return
        with %1: ?, %2: ?
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

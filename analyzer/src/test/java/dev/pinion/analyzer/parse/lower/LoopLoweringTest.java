// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Loops: C's own and those that macros make. */
final class LoopLoweringTest {
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
}

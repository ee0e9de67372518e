// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Values and the instructions that make them, in evaluation order. */
final class ExpressionLoweringTest {
  @Test
  void nestedCallsGoToTemporaries() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	int ret = outer(inner(p->x), p);

        	consume(ret);
        	return outer(1, p);
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          %1 = inner(p->x)  @3
          ret = outer(%1, p)  @3
          consume(ret)  @5
          %2 = outer(1, p)  @6
          return %2
        with %1: ?, %2: ?
        """);
  }

  @Test
  void aMemberBehindACastHasATypedTemporary() {
    Lowered.check(
        """
        void f(void *p, unsigned long x)
        {
        	((struct foo *)p)->a = ((struct bar *)get(p))->b;
        	use((struct foo *)p, (u32)x, (u8)-1);
        }
        """,
        """
        fn f(p: void *, x: unsigned long) -> void
        b0:
          %1 = p  @3
          %2 = get(p)  @3
          %1->a = %2->b  @3
          use(p, x, -1)  @4
          return
        with %1: struct foo *, %2: struct bar *
        """);
  }

  @Test
  void shortCircuitsAndConditionalsBranch() {
    Lowered.check(
        """
        int f(struct foo *p, int n)
        {
        	int a = p && p->x;

        	a = n ? get(n) : -EINVAL;
        	use(!(a || n), p->a ?: p->b);
        	n && start(n);
        	n ? start(1) : stop(2);
        	return a ? 1 : 0;
        }
        """,
        """
        fn f(p: struct foo *, n: int) -> int
        b0:
          if p != 0 goto b1 else b3
        b1:
          if p->x != 0 goto b2 else b3
        b2:
          a = 1  @3
          goto b4
        b3:
          a = 0  @3
          goto b4
        b4:
          if n != 0 goto b5 else b6
        b5:
          a = get(n)  @5
          goto b7
        b6:
          a = -(EINVAL)  @5
          goto b7
        b7:
          if a == 0 goto b8 else b10
        b8:
          if n == 0 goto b9 else b10
        b9:
          %1 = 1  @6
          goto b11
        b10:
          %1 = 0  @6
          goto b11
        b11:
          %2 = p->a  @6
          if %2 != 0 goto b13 else b12
        b12:
          %2 = p->b  @6
          goto b13
        b13:
          use(%1, %2)  @6
          if n != 0 goto b14 else b15
        b14:
          start(n)  @7
          goto b15
        b15:
          if n != 0 goto b16 else b17
        b16:
          start(1)  @8
          goto b18
        b17:
          stop(2)  @8
          goto b18
        b18:
          if a != 0 goto b19 else b20
        b19:
          %3 = 1  @9
          goto b21
        b20:
          %3 = 0  @9
          goto b21
        b21:
          return %3
        with %1: int, %2: ?, %3: ?
        """);
  }

  @Test
  void statementExpressionsGiveTheirLastValue() {
    Lowered.check(
        """
        int f(struct foo *p)
        {
        	int n = ({ int z = p->x; z + 1; });

        	use(({ start(p); p->y; }));
        	return ({ if (n) return -1; n; });
        }
        """,
        """
        fn f(p: struct foo *) -> int
        b0:
          z = p->x  @3
          n = (z + 1)  @3
          start(p)  @5
          use(p->y)  @5
          if n != 0 goto b1 else b2
        b1:
          return -1
        b2:
          return n
        """);
  }

  @Test
  void functionPointersAreIndirect() {
    Lowered.check(
        """
        static void (*hook)(int);
        void f(struct foo *x, int (*fn)(int), int n)
        {
        	void (*local)(int) = x->ops->release;

        	fn(n);
        	(*fn)(n);
        	local(n);
        	hook(n);
        	x->ops->f(x);
        	(*x->ops->f)(x);
        	x->tab[n](x);
        	find(x)->f(n);
        	plain(n);
        }
        """,
        """
        fn f(x: struct foo *, fn: fn *, n: int) -> void
        b0:
          local = x->ops->release  @4
          *fn(n)  @6
          *fn(n)  @7
          *local(n)  @8
          *hook(n)  @9
          *x->ops->f(x)  @10
          *x->ops->f(x)  @11
          *x->tab[](x)  @12
          %1 = find(x)  @13
          *%1->f(n)  @13
          plain(n)  @14
          return
        with %1: ?
        """);
  }

  @Test
  void sizesReadNothing() {
    Lowered.check(
        """
        void f(struct foo *p, foo_t t)
        {
        	use(sizeof(*p), sizeof(struct foo), sizeof p->x, offsetof(struct foo, a.b), sizeof(foo_t));
        }
        """,
        """
        fn f(p: struct foo *, t: foo_t) -> void
        b0:
          use(sizeof(type(struct foo)), sizeof(type(struct foo)), sizeof(type(?)), offsetof(type(struct foo), a.b), sizeof(type(foo_t)))  @3
          return
        """);
  }

  @Test
  void constantsFold() {
    Lowered.check(
        """
        void f(void)
        {
        	use(1 << 3, -1, ~0, 0x10UL, 'a', '\\n', 010, NULL, true, false, 2 * 3 + 1, "x" "y");
        }
        """,
        """
        fn f() -> void
        b0:
          use(8, -1, -1, 16, 97, 10, 8, 0, 1, 0, 7, "xy")  @3
          return
        """);
  }

  @Test
  void typedefCastsLookLikeOperators() {
    Lowered.check(
        """
        void f(struct foo *p, long n)
        {
        	n = (size_t)-1;
        	n = (u32)(n);
        	n = (my_t)(n) + 1;
        	n = (p->a) - 1;
        	p = (foo_ptr_t)&p->x;
        }
        typedef long my_t;
        """,
        """
        fn f(p: struct foo *, n: long) -> void
        b0:
          n = -1  @3
          n = (n + 1)  @5
          n = (p->a - 1)  @6
          p = &p->x  @7
          return
        """);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.junit.jupiter.api.Test;

/** Variables that are cleaned up when they go out of scope, and how they are moved out. */
final class DestructorLoweringTest {
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

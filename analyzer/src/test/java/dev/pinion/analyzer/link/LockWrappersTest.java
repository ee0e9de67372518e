// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What functions, macros and guards around lock primitives leave held for their callers. */
class LockWrappersTest {
  private static void check(String expected, String source) {
    assertEquals(expected, Probed.held(source));
  }

  @Test
  void wrappersAreKnownByTheirBodies() {
    String wrappers =
        """
        static void box_lock(struct box *b) { mutex_lock(&b->lock); }
        static void box_unlock(struct box *b) { mutex_unlock(&b->lock); }
        #define box_slock(x) spin_lock(&(x)->slock)
        #define box_sunlock(x) spin_unlock(&(x)->slock)
        static void all_lock(void) { mutex_lock(&big); rcu_read_lock(); }
        """;
    check(
        "struct box.lock | ",
        wrappers + "void f(struct box *b) { box_lock(b); probe(); box_unlock(b); }");
    check(" | ", wrappers + "void f(struct box *b) { box_lock(b); box_unlock(b); probe(); }");
    check(
        " | ",
        wrappers + "void f(struct box *b) { mutex_lock(&b->lock); box_unlock(b); probe(); }");
    check(
        "struct box.slock | ",
        wrappers + "void f(struct box *b) { box_slock(b); probe(); box_sunlock(b); }");
    check("big@a.c | rcu", wrappers + "void f(void) { all_lock(); probe(); }");
    check(
        "struct box.lock | ",
        wrappers
            + """
            static void f(struct box *b) { probe(); }
            void g(struct box *b) { box_lock(b); f(b); box_unlock(b); }
            """);
  }

  @Test
  void aFunctionThatIsBalancedIsNoWrapper() {
    check(
        " | ",
        """
        static void touch(struct box *b) { mutex_lock(&b->lock); mutex_unlock(&b->lock); }
        void f(struct box *b) { touch(b); probe(); }
        """);
    check(
        "struct box.lock | ",
        """
        static void wait(struct box *b) { mutex_unlock(&b->lock); sleep(); mutex_lock(&b->lock); }
        void f(struct box *b) { mutex_lock(&b->lock); wait(b); probe(); }
        """);
    check(
        " | ",
        """
        static void demand(struct box *b) { lockdep_assert_held(&b->lock); }
        void f(struct box *b) { demand(b); probe(); }
        """);
  }

  @Test
  void aLockThatIsTakenBackIsTheCallersAgain() {
    check(
        " | ",
        """
        static void wait(struct box *b, int n)
        {
        again:
        	mutex_unlock(&b->lock);
        	sleep();
        	if (n--) {
        		mutex_lock(&b->lock);
        		goto again;
        	}
        }
        void f(struct box *b) { mutex_lock(&b->lock); wait(b, 1); probe(); }
        """);
    check(
        " | ",
        """
        static void leave(struct box *b)
        {
        	mutex_unlock(&b->lock);
        	sleep();
        	mutex_lock(&b->lock);
        	note(b);
        	mutex_unlock(&b->lock);
        }
        void f(struct box *b) { mutex_lock(&b->lock); leave(b); probe(); }
        """);
    check(
        "struct box.lock | ",
        """
        static void wait(struct box *b, int n)
        {
        	if (n) {
        		mutex_unlock(&b->lock);
        		sleep();
        		mutex_lock(&b->lock);
        	}
        }
        void f(struct box *b) { mutex_lock(&b->lock); wait(b, 1); probe(); }
        """);
  }

  @Test
  void aStaticLockOfAnotherFileIsNamedByItsFile() {
    Program program =
        Linked.of(
            "a.c",
            "void f(void) { all_lock(); probe(); }",
            "b.c",
            "static DEFINE_MUTEX(big); void all_lock(void) { mutex_lock(&big); }");
    FunctionRef f = Linked.function(program, "f");
    assertEquals(
        "[big@b.c]",
        Contexts.of(program)
            .at(f, Linked.call(program, f, "probe").position())
            .locks()
            .keySet()
            .toString());
  }

  @Test
  void wrappersOfWrappers() {
    String wrappers =
        """
        static void box_lock(struct box *b) { mutex_lock(&b->lock); }
        static void box_unlock(struct box *b) { mutex_unlock(&b->lock); }
        static void upper_lock(struct box *b) { box_lock(b->up); }
        static void upper_unlock(struct box *b) { box_unlock(b->up); }
        static void enter(struct box *b) { upper_lock(b); note(b); }
        #define ENTER(b) enter(b)
        """;
    check("struct box.lock | ", wrappers + "void f(struct box *b) { upper_lock(b); probe(); }");
    check("struct box.lock | ", wrappers + "void f(struct box *b) { enter(b); probe(); }");
    check("struct box.lock | ", wrappers + "void f(struct box *b) { ENTER(b); probe(); }");
    check(" | ", wrappers + "void f(struct box *b) { enter(b); upper_unlock(b); probe(); }");
  }

  @Test
  void aWrapperThatMayFailHoldsTheLockForSomeResults() {
    String wrappers =
        """
        static int box_lock_slow(struct box *b)
        {
          int ret = mutex_lock_interruptible(&b->lock);
          if (ret)
            return ret;
          note(b);
          return 0;
        }
        static bool box_trylock(struct box *b) { return mutex_trylock(&b->lock); }
        static bool box_trylock_twice(struct box *b)
        {
          if (!box_trylock(b))
            return false;
          return true;
        }
        #define BOX_TRYLOCK(b) box_trylock(b)
        static struct box *box_lock_live(struct box *b)
        {
          mutex_lock(&b->lock);
          if (is_live(b))
            return b;
          mutex_unlock(&b->lock);
          return NULL;
        }
        """;
    for (String good :
        new String[] {
          "if (box_lock_slow(b)) return; probe();",
          "int ret = box_lock_slow(b); if (ret < 0) return; probe();",
          "if (!box_trylock(b)) return; probe();",
          "if (box_trylock_twice(b)) probe();",
          "if (BOX_TRYLOCK(b)) probe();",
          "struct box *x = box_lock_live(b); if (!x) return; probe();"
        }) {
      check("struct box.lock | ", wrappers + "void f(struct box *b) { " + good + " }");
    }
    for (String bad :
        new String[] {
          "box_lock_slow(b); probe();",
          "if (box_lock_slow(b)) probe();",
          "if (!box_trylock_twice(b)) probe();",
          "struct box *x = box_lock_live(b); probe(); use(x);"
        }) {
      check(" | ", wrappers + "void f(struct box *b) { " + bad + " }");
    }
  }

  @Test
  void guardsThatTheTreeDefines() {
    check(
        "struct box.lock | ",
        """
        DEFINE_GUARD(box, struct box *, mutex_lock(&_T->lock), mutex_unlock(&_T->lock))
        void f(struct box *b) { guard(box)(b); probe(); }
        """);
    check(
        " | ",
        """
        DEFINE_GUARD(box, struct box *, mutex_lock(&_T->lock), mutex_unlock(&_T->lock))
        void f(struct box *b) { { guard(box)(b); work(); } probe(); }
        """);
    check(
        "big@a.c | ",
        """
        static void all_lock(void) { mutex_lock(&big); }
        static void all_unlock(void) { mutex_unlock(&big); }
        DEFINE_LOCK_GUARD_0(all, all_lock(), all_unlock())
        void f(void) { scoped_guard(all) { probe(); } }
        """);
    check(
        "struct box.slock | ",
        """
        DEFINE_LOCK_GUARD_1(spun, spinlock_t, spin_lock(_T->lock), spin_unlock(_T->lock))
        void f(struct box *b) { guard(spun)(&b->slock); probe(); }
        """);
  }

  @Test
  void aLockThatComesWithTheLastReference() {
    check(
        "struct box.slock | ",
        """
        void f(struct box *b, refcount_t *r)
        {
          if (!refcount_dec_and_lock(r, &b->slock))
            return;
          probe();
        }
        """);
  }

  @Test
  void whatEveryCallInARingDoesIsKnown() {
    check(
        "struct box.lock | ",
        """
        static void a_lock(struct box *b, int n) { mutex_lock(&b->lock); if (n) b_lock(b, n); }
        static void b_lock(struct box *b, int n) { a_lock(b, n - 1); }
        void f(struct box *b) { b_lock(b, 1); probe(); }
        """);
    check(
        "struct box.lock | rcu",
        """
        static void a_lock(struct box *b, int n) { rcu_read_lock(); if (n) b_lock(b, n); }
        static void b_lock(struct box *b, int n) { a_lock(b, n - 1); }
        static void c_lock(struct box *b) { a_lock(b, 0); mutex_lock(&b->lock); }
        void f(struct box *b) { c_lock(b); probe(); }
        """);
  }

  @Test
  void whatOnlySomeCallsInARingDoIsNot() {
    check(
        " | ",
        """
        static void a_lock(struct box *b, int n) { if (n) b_lock(b, n); else probe(); }
        static void b_lock(struct box *b, int n) { a_lock(b, n - 1); mutex_lock(&b->lock); }
        void f(struct box *b) { a_lock(b, 1); probe(); }
        """);
  }

  @Test
  void aLockThatItsOwnerMayTakeAgain() {
    String source =
        """
        static struct task_struct *owner;
        static int depth;
        static void big_lock(void)
        {
          if (!mutex_trylock(&big)) {
            if (owner == current) {
              depth++;
              return;
            }
            mutex_lock(&big);
          }
          owner = current;
          depth = 1;
        }
        void f(void) { big_lock(); probe(); }
        """;
    assertEquals("big@a.c | ", Probed.held(source));
    assertEquals(" | ", Probed.held(source.replace("owner == current", "owner == waiter")));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** One way to {@code probe()} in {@code f()}, in a section and without a lock. */
class UnlockedWaysTest {
  private static final String BIG = "big@a.c";
  private static final String NONE = "none";

  /** Something leads to {@code f()} that is not followed. */
  private static final String HIDDEN =
      """
      struct work_struct { void (*func)(struct work_struct *work); };
      static void f(struct box *b) { probe(); }
      void hide(void) { keep_for_later(f); }
      """;

  private static void check(String expected, String lock, String source) {
    Program program = Linked.of("a.c", Probed.STRUCTS + source);
    FunctionRef f = Linked.function(program, "f");
    assertEquals(
        expected,
        UnlockedWays.of(program)
            .to(
                f,
                Linked.call(program, f, "probe").position(),
                Set.of(lock),
                UnlockedWays.Section.OPEN)
            .map(w -> w.from().name() + ": " + w.reason().message())
            .orElse(NONE));
  }

  @Test
  void aWorkItemHoldsNothing() {
    String work =
        """
        static void run(struct work_struct *work) { rcu_read_lock(); f(NULL); rcu_read_unlock(); }
        void start(struct work_struct *work) { INIT_WORK(work, run); }
        """;
    check(
        "run: run() is entered by way of INIT_WORK(), without the updater's lock",
        BIG,
        HIDDEN + work);
    check(
        NONE,
        BIG,
        HIDDEN + work.replace("f(NULL);", "mutex_lock(&big); f(NULL); mutex_unlock(&big);"));
    check(NONE, BIG, HIDDEN + work.replace("rcu_read_lock();", ""));
    check(NONE, BIG, HIDDEN + work.replace("INIT_WORK(work, run)", "keep_for_later(run)"));
  }

  @Test
  void aLockThatMayBeHeldIsNoWay() {
    String work =
        """
        static void run(struct work_struct *work)
        {
          rcu_read_lock();
          if (busy(work))
            mutex_lock(&big);
          f(NULL);
          rcu_read_unlock();
        }
        void start(struct work_struct *work) { INIT_WORK(work, run); }
        """;
    check(NONE, BIG, HIDDEN + work);
    check(
        NONE, BIG, HIDDEN + work.replace("mutex_lock(&big);", "if (mutex_trylock(&big)) note();"));
    check(
        "run: run() is not entered with big@a.c held, as this line shows",
        BIG,
        HIDDEN + work.replace("mutex_lock(&big);", "mutex_lock(&big), mutex_unlock(&big);"));
  }

  @Test
  void whoTakesTheLockHimselfWasNotEnteredWithIt() {
    String caller =
        """
        static int run(struct box *b, int held)
        {
          if (busy(b)) {
            rcu_read_lock();
            f(b);
            rcu_read_unlock();
            return 0;
          }
          mutex_lock(&big);
          change(b);
          mutex_unlock(&big);
          return 1;
        }
        void hide_too(void) { keep_for_later(run); }
        """;
    check("run: run() is not entered with big@a.c held, as this line shows", BIG, HIDDEN + caller);
    check(
        "run: run() is not entered with big@a.c held, as this line shows",
        BIG,
        HIDDEN + caller.replace("mutex_lock(&big);", "lockdep_assert_not_held(&big);"));
    check(NONE, "struct box.lock", HIDDEN + caller);
    check(NONE, BIG, HIDDEN + caller.replace("mutex_lock(&big);", "mutex_lock_nested(&big, 1);"));
    check(NONE, BIG, HIDDEN + caller.replace("mutex_lock(&big);", "if (!held) mutex_lock(&big);"));
    check(
        NONE,
        BIG,
        HIDDEN + caller.replace("mutex_lock(&big);", "mutex_unlock(&big); mutex_lock(&big);"));
    check(
        NONE,
        BIG,
        HIDDEN + caller.replace("rcu_read_lock();", "lockdep_assert_held(&big); rcu_read_lock();"));
  }

  @Test
  void aCalleeThatTakesTheLockCounts() {
    String caller =
        """
        static void locked(struct box *b) { mutex_lock(&big); change(b); mutex_unlock(&big); }
        static void run(struct box *b)
        {
          rcu_read_lock();
          f(b);
          rcu_read_unlock();
          locked(b);
        }
        void hide_too(void) { keep_for_later(run); }
        """;
    check("run: run() is not entered with big@a.c held, as this line shows", BIG, HIDDEN + caller);
    check(NONE, BIG, HIDDEN + caller.replace("locked(b);", "mutex_unlock(&big); locked(b);"));
  }

  @Test
  void ofCallsThroughAMemberOnlyTheOnlyOneCounts() {
    String ops =
        """
        struct work_struct { void (*func)(struct work_struct *work); };
        struct ops { void (*go)(struct box *b); };
        static void f(struct box *b) { probe(); }
        static const struct ops ops = { .go = f };
        void hide(void) { keep_for_later(f); }
        static void run(struct work_struct *work, struct ops *o)
        {
          rcu_read_lock();
          o->go(NULL);
          rcu_read_unlock();
        }
        void start(struct work_struct *work) { INIT_WORK(work, run); }
        """;
    check("run: run() is entered by way of INIT_WORK(), without the updater's lock", BIG, ops);
    check(NONE, BIG, ops + "void other(struct ops *o) { o->go(NULL); }");
  }
}

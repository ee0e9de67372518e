// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison of assertions with what is surely held, on trees that fit a screen. */
class LockCheckTest {
  /** The outcome at the only assertion: callers' assertions ignored, then believed. */
  private static void check(String expected, String source) {
    Program program = Linked.of("a.c", "struct box { struct mutex lock; };\n" + source);
    List<LockCheck.Row> rows = LockCheck.rows(Linked.function(program, "f"), program);
    assertEquals(1, rows.size());
    LockCheck.Row row = rows.get(0);
    assertEquals(expected, said(row.ignored()) + " | " + said(row.believed()));
  }

  private static String said(LockCheck.Outcome outcome) {
    return outcome.cause().isEmpty()
        ? outcome.verdict()
        : outcome.verdict() + ", " + outcome.cause() + ": " + outcome.chain();
  }

  private static final String F =
      "static void f(struct box *b) { lockdep_assert_held(&b->lock); }\n";

  @Test
  void heldByAllCallers() {
    check("held | held", F + "void g(struct box *b) { mutex_lock(&b->lock); f(b); }");
  }

  @Test
  void theFunctionsOwnAssertionDoesNotCount() {
    check(
        "unknown, nobody calls it: a.c:f | unknown, nobody calls it: a.c:f",
        "void f(struct box *b) { lockdep_assert_held(&b->lock); }");
    check(
        "taken here | taken here",
        "void f(struct box *b) { mutex_lock(&b->lock); lockdep_assert_held(&b->lock); }");
  }

  @Test
  void aCallersAssertionCountsIfItIsBelieved() {
    check(
        "unknown, nobody calls it: a.c:g > a.c:f | held",
        F + "void g(struct box *b) { lockdep_assert_held(&b->lock); f(b); }");
  }

  @Test
  void aWayThatIsSeenToItsBeginningWithoutTheLock() {
    check(
        "not held, core: module_init: a.c:h > a.c:f | not held, core: module_init: a.c:h > a.c:f",
        F
            + """
            void g(struct box *b) { mutex_lock(&b->lock); f(b); }
            static int h(void) { f(make()); return 0; }
            module_init(h);
            """);
  }

  @Test
  void aWayOutOfSightIsNoDisagreement() {
    check(
        "unknown, passed to start#0: a.c:f | unknown, passed to start#0: a.c:f",
        F + "void g(struct box *b) { mutex_lock(&b->lock); f(b); start(f); }");
  }

  @Test
  void aLockWithoutATypeIsUnknown() {
    check(
        "unknown, the lock's type is not known:  | unknown, the lock's type is not known: ",
        "static void f(struct hub *b) { lockdep_assert_held(&b->lock); }\n"
            + "void g(struct hub *b) { mutex_lock(&b->lock); f(b); }");
  }
}

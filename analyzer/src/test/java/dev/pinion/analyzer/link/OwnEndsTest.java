// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Whether what a callee gives back is its own, or its caller's. */
class OwnEndsTest {
  private static String held(String helper) {
    return Probed.held(
        helper
            + """
            int f(struct box *b)
            {
              mutex_lock(&b->lock);
              rcu_read_lock();
              helper(b);
              probe();
              return 0;
            }
            """);
  }

  private static final String BOTH = "struct box.lock | rcu";

  @Test
  void aLockTakenUnderAConditionThatIsNotFollowedIsTheCallees() {
    String helper =
        """
        static void helper(struct box *b)
        {
          if (busy(b))
            mutex_lock(&b->lock);
          work(b);
          if (busy(b))
            mutex_unlock(&b->lock);
        }
        """;
    assertEquals(BOTH, held(helper));
    assertEquals(" | rcu", held(helper.replace("  if (busy(b))\n    mutex_lock(&b->lock);\n", "")));
  }

  @Test
  void aWrapperThatMayTakeAndOneThatMayGiveBackAreEvenTogether() {
    String wrappers =
        """
        static void box_lock(struct box *b)
        {
          if (busy(b))
            mutex_lock(&b->lock);
        }
        static void box_unlock(struct box *b)
        {
          if (busy(b))
            mutex_unlock(&b->lock);
        }
        """;
    String helper =
        """
        static void helper(struct box *b)
        {
          box_lock(b);
          work(b);
          box_unlock(b);
        }
        """;
    assertEquals(BOTH, held(wrappers + helper));
    assertEquals(" | rcu", held(wrappers + helper.replace("box_lock(b);", "")));
  }

  @Test
  void aSectionWithinAnotherLeavesTheOuterOneOpen() {
    String helper =
        """
        static void helper(struct box *b)
        {
          rcu_read_lock();
          rcu_read_lock();
          work(b);
          rcu_read_unlock();
          rcu_read_unlock();
        }
        """;
    assertEquals(BOTH, held(helper));
    assertEquals("struct box.lock | ", held(helper.replaceFirst("rcu_read_lock\\(\\);\n", "")));
  }

  @Test
  void inTheFunctionItselfNestedSectionsAreCounted() {
    String body =
        """
        int f(struct box *b)
        {
          rcu_read_lock();
          rcu_read_lock();
          rcu_read_unlock();
          probe();
          rcu_read_unlock();
          return 0;
        }
        """;
    assertEquals(" | rcu", Probed.held(body));
    assertEquals(
        " | ",
        Probed.held(
            body.replace(
                "  rcu_read_unlock();\n  probe",
                "  rcu_read_unlock();\n  rcu_read_unlock();\n  probe")));
  }

  @Test
  void sectionsThatALoopEntersDoNotCountForEver() {
    assertEquals(
        " | ",
        Probed.held(
            """
            int f(struct box *b)
            {
              while (more(b)) {
                rcu_read_lock();
                if (last(b))
                  break;
              }
              probe();
              return 0;
            }
            """));
  }
}

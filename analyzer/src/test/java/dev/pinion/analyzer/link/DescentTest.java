// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What runs below {@code top()}. */
class DescentTest {
  private static String from(String... pathsAndTexts) {
    Program program = Linked.of(pathsAndTexts);
    return Descent.of(program).from(Linked.function(program, "top")).stream()
        .map(r -> r.function().name() + way(r.steps()))
        .collect(Collectors.joining(" "));
  }

  private static String way(List<Descent.Step> steps) {
    if (steps.isEmpty()) {
      return "";
    }
    Descent.Way last = steps.get(steps.size() - 1).way();
    return "/" + steps.size() + last.getClass().getSimpleName().charAt(0);
  }

  @Test
  void byNameNearestFirst() {
    assertEquals(
        "top a/1N b/1N deep/2N",
        from(
            "a.c",
            """
            static void deep(void) { printk("x"); }
            static void a(void) { deep(); }
            static void b(void) { deep(); top(); }
            void top(void) { a(); b(); mutex_lock(&m); }
            """));
  }

  @Test
  void throughAMember() {
    String tables =
        """
        struct ops { void (*stop)(int n); };
        struct dev { const struct ops *ops; };
        static void fast(int n) { }
        static void slow(int n) { }
        static const struct ops one = { .stop = fast };
        static const struct ops two = { .stop = slow };
        void top(struct dev *d) { d->ops->stop(1); }
        """;
    assertEquals("top fast/1M slow/1M", from("a.c", tables));
  }

  @Test
  void aReleaseThatAPutCalls() {
    assertEquals(
        "top gone/1R",
        from(
            "a.c",
            """
            struct box { struct kref kref; };
            static void gone(struct kref *kref) { }
            void top(struct box *b) { kref_put(&b->kref, gone); }
            """));
  }

  @Test
  void aSymbolOfAnotherModule() {
    assertEquals(
        "top far/1S",
        from(
            "a.c",
            """
            void top(void)
            {
            	void (*fn)(void) = symbol_get(far);
            	if (fn) {
            		fn();
            		symbol_put(far);
            	}
            }
            """,
            "b.c",
            "void far(void) { }\nEXPORT_SYMBOL_GPL(far);\n"));
  }

  @Test
  void whatIsOnlyQueuedDoesNotRun() {
    assertEquals(
        "top",
        from(
            "a.c",
            """
            struct box { struct work_struct work; struct rcu_head rcu; };
            static void later(struct work_struct *work) { }
            static void freed(struct rcu_head *head) { }
            void top(struct box *b)
            {
            	INIT_WORK(&b->work, later);
            	schedule_work(&b->work);
            	call_rcu(&b->rcu, freed);
            }
            """));
  }
}

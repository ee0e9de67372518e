// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.atlas.LocksAnswer.Gap;
import dev.pinion.analyzer.atlas.LocksAnswer.Way;
import dev.pinion.analyzer.link.Linked;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocksQuestionTest {
  private static final String TEXT =
      """
      struct box { struct mutex lock; };
      struct box_ops { void (*go)(struct box *box); };
      static void inner(struct box *box) { touch(box); }
      static void middle(struct box *box) { inner(box); }
      void outer(struct box *box)
      {
        mutex_lock(&box->lock);
        middle(box);
        mutex_unlock(&box->lock);
      }
      static void reader(struct box *box)
      {
        rcu_read_lock();
        both(box);
        rcu_read_unlock();
      }
      static void both(struct box *box) { touch(box); }
      void writer(struct box *box) { both(box); }
      static void handed(struct box *box) { touch(box); }
      static const struct box_ops ops = { .go = handed };
      static void under_handed(struct box *box) { touch(box); }
      static void caller_of_it(struct box *box) { under_handed(box); }
      static const struct box_ops more = { .go = caller_of_it };
      static void never(struct box *box) { touch(box); }
      """;

  private final Atlas atlas = Atlas.of(Linked.of("box.c", TEXT));

  private LocksAnswer ask(String name) {
    return Asked.one(atlas.locks(name));
  }

  private static List<String> locks(Holding holding) {
    return holding.locks().stream().map(l -> l.identity()).toList();
  }

  @Test
  void aLockOfTheCallersCallerWithItsChain() {
    LocksAnswer inner = ask("inner");
    assertEquals(List.of("struct box.lock"), locks(inner.onEntry()));
    assertEquals(7, inner.onEntry().locks().get(0).where().line());
    assertEquals(Gap.NONE, inner.gap());
    Way.Call middle = (Way.Call) inner.ways().get(0);
    assertEquals("box.c:4 middle", Asked.text(middle.place()));
    Way.Call outer = (Way.Call) middle.above().get(0);
    assertEquals("box.c:8 outer", Asked.text(outer.place()));
    assertEquals(List.of("struct box.lock"), locks(outer.holding()));
    assertEquals(List.of(), outer.above());
  }

  @Test
  void waysWithNothingInCommon() {
    LocksAnswer both = ask("both");
    assertTrue(both.onEntry().isNothing());
    assertEquals(
        List.of("rcu"),
        ((Way.Call) both.ways().get(0))
            .holding().sections().stream().map(s -> s.flavour()).toList());
    assertTrue(both.ways().get(1).holding().isNothing());
  }

  @Test
  void whyNothingIsSure() {
    assertEquals(Gap.HANDED_OUT, ask("handed").gap());
    assertEquals(Gap.CALLER_UNKNOWN, ask("under_handed").gap());
    assertEquals("struct box_ops.go", ((Way.Given) ask("handed").ways().get(0)).handout().slot());
    assertEquals(Gap.NEVER_CALLED, ask("never").gap());
    assertEquals(List.of(), ask("never").ways());
  }
}

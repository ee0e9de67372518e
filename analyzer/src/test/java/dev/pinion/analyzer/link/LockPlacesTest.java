// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.ir.AccessPath;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Locks by name and by path, at {@code probe()} in {@code f()}. */
class LockPlacesTest {
  private static final String BOX =
      """
      struct box { struct mutex lock; struct semaphore sem; struct box *next; };
      static DEFINE_MUTEX(big);
      """;

  private static String held(String source) {
    Program program = Linked.of("a.c", BOX + source);
    FunctionRef f = Linked.function(program, "f");
    return LockPlaces.of(program).at(f, Linked.call(program, f, "probe")).stream()
        .map(h -> h.lock().identity() + "=" + h.path().map(AccessPath::toString).orElse("unknown"))
        .collect(Collectors.joining(" "));
  }

  private static List<String> taken(String identity, String source) {
    Program program = Linked.of("a.c", BOX + source);
    return LockPlaces.of(program).taken(Linked.function(program, "f"), identity).stream()
        .map(t -> t.call().name() + " " + t.path().map(AccessPath::toString).orElse("unknown"))
        .toList();
  }

  @Test
  void theFunctionsOwnPath() {
    assertEquals(
        "struct box.lock=b->next->lock",
        held("void f(struct box *b) { struct box *n = b->next; mutex_lock(&n->lock); probe(); }"));
    assertEquals("big@a.c=big", held("void f(void) { mutex_lock(&big); probe(); }"));
  }

  @Test
  void whatCallersHoldHasNone() {
    assertEquals(
        "struct box.lock=unknown",
        held(
            """
            static void f(struct box *b) { probe(); }
            void g(struct box *b) { mutex_lock(&b->lock); f(b); }
            """));
  }

  @Test
  void aVariableThatNamesAnotherObjectByThen() {
    assertEquals(
        "struct box.lock=unknown",
        held("void f(struct box *b) { mutex_lock(&b->lock); b = b->next; probe(); }"));
    assertEquals(
        "struct box.lock=b->lock",
        held("void f(struct box *b) { b = b->next; mutex_lock(&b->lock); probe(); }"));
  }

  @Test
  void onlyWhatWaitsForTheLock() {
    assertEquals(
        List.of("mutex_lock b->lock"),
        taken("struct box.lock", "void f(struct box *b) { mutex_lock(&b->lock); g(); }"));
    assertEquals(
        List.of("mutex_lock_interruptible b->lock"),
        taken(
            "struct box.lock",
            "int f(struct box *b) { if (mutex_lock_interruptible(&b->lock)) return -1; g(); }"));
    assertEquals(
        List.of(),
        taken("struct box.lock", "void f(struct box *b) { if (mutex_trylock(&b->lock)) g(); }"));
    assertEquals(
        List.of(),
        taken("struct box.sem", "void f(struct box *b) { if (!down_trylock(&b->sem)) g(); }"));
  }

  @Test
  void whatIsGivenBackAndWhatIsKept() {
    Program program =
        Linked.of(
            "a.c",
            BOX
                + """
                void f(struct box *b) { mutex_unlock(&b->lock); probe(); }
                void g(struct box *b) { mutex_lock(&b->lock); probe(); }
                """);
    FunctionRef f = Linked.function(program, "f");
    FunctionRef g = Linked.function(program, "g");
    LockPlaces places = LockPlaces.of(program);
    String lock = "struct box.lock";
    assertTrue(places.mayGiveBack(f, Linked.call(program, f, "probe"), lock));
    assertFalse(places.mayGiveBack(g, Linked.call(program, g, "probe"), lock));
    assertTrue(places.isHeldAfter(g, Linked.call(program, g, "probe"), lock));
    assertFalse(places.isHeldAfter(f, Linked.call(program, f, "mutex_unlock"), lock));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.facts.FileFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A lock table that is brought up to date says what one says that is made from scratch. */
class LockRoundsTest {
  private static final String HUB =
      """
      struct hub { struct mutex lock; };
      static struct mutex big;
      void hub_lock(struct hub *h) { mutex_lock(&h->lock); }
      void hub_unlock(struct hub *h) { mutex_unlock(&h->lock); }
      void big_enter(void) { mutex_lock(&big); }
      """;
  private static final String HEADER =
      """
      #define HUB_TAKE(h) hub_lock(h)
      #define HUB_HOLD(h) HUB_TAKE(h)
      DEFINE_GUARD(hub, struct hub *, hub_lock(_T), hub_unlock(_T))
      """;
  private static final String USER =
      """
      #include "hub.h"
      void user_lock(struct hub *h) { HUB_HOLD(h); }
      void user_start(struct hub *h) { user_lock(h); big_enter(); }
      void user_work(struct hub *h) { guard(hub)(h); work(); }
      void user_stop(struct hub *h) { hub_unlock(h); }
      void far_stop(struct hub *h) { user_stop(h); }
      """;

  private final Map<String, String> files =
      new TreeMap<>(Map.of("a/hub.c", HUB, "a/hub.h", HEADER, "a/user.c", USER));

  private Program program() {
    List<String> all = new ArrayList<>();
    files.forEach((path, text) -> all.addAll(List.of(path, text)));
    return Linked.of(all.toArray(new String[0]));
  }

  /** Each edit is one file's new text, or none for a file that goes. */
  private void check(boolean matters, String path, String text) {
    Program before = program();
    if (text.isEmpty()) {
      files.remove(path);
    } else {
      files.put(path, text);
    }
    Program after = program();
    LockTable old = LockRounds.of(before);
    FileFacts facts = before.has(path) ? before.file(path) : FileFacts.NONE;
    LockTable updated =
        LockRounds.after(old, List.of(new FileChange(path, facts, after.file(path))), after);
    LockTable fresh = LockRounds.of(after);
    for (int round = 0; round <= LockTable.MAX_ROUNDS; round++) {
      assertEquals(fresh.round(round), updated.round(round), "round " + round);
    }
    assertEquals(fresh.rounds().size(), updated.rounds().size(), "rounds");
    assertTrue(updated.names().containsAll(fresh.names()), "names");
    assertEquals(matters, !byName(old).equals(byName(fresh)), "whether the edit matters");
    assertEquals(fresh.rounds(), LockTableCodec.decode(LockTableCodec.encode(fresh)).rounds());
    assertEquals(fresh.names(), LockTableCodec.decode(LockTableCodec.encode(fresh)).names());
  }

  private static Map<String, List<LockEffect>> byName(LockTable table) {
    Map<String, List<LockEffect>> all = new HashMap<>();
    table.round(LockTable.MAX_ROUNDS).forEach((f, effects) -> all.put(f.name(), effects));
    return all;
  }

  @Test
  void wrappersOfWrappersAreFound() {
    assertEquals(
        "[big_enter, far_stop, hub_lock, hub_unlock, user_lock, user_start, user_stop]",
        new TreeSet<>(byName(LockRounds.of(program())).keySet()).toString());
  }

  @Test
  void aWrapperIsOneNoMore() {
    check(true, "a/hub.c", HUB.replace("mutex_lock(&h->lock);", "trace(h);"));
  }

  @Test
  void aWrapperTakesAnotherLock() {
    check(true, "a/hub.c", HUB.replace("&h->lock", "&h->other"));
  }

  @Test
  void functionsMove() {
    check(false, "a/hub.c", "void first(void) { }\n" + HUB);
  }

  @Test
  void aLockBecomesGlobal() {
    check(true, "a/hub.c", HUB.replace("static struct mutex big", "struct mutex big"));
  }

  @Test
  void aMacroMeansAnotherFunction() {
    check(true, "a/hub.h", HEADER.replace("HUB_TAKE(h) hub_lock(h)", "HUB_TAKE(h) trace(h)"));
    check(true, "a/hub.h", HEADER);
  }

  @Test
  void aGuardTakesNothing() {
    String user = USER.replace("void user_work(struct hub *h) { guard(hub)(h); work(); }", "");
    check(false, "a/user.c", user + "void hub_lock_guarded(struct hub *h) { guard(hub)(h); }");
    check(true, "a/hub.h", HEADER.replace("hub_lock(_T)", "trace(_T)"));
    check(true, "a/hub.h", HEADER);
  }

  @Test
  void anotherDefinitionIsNearer() {
    check(true, "a/hub.h", HEADER + "static inline void hub_lock(struct hub *h) { trace(h); }\n");
    check(true, "a/hub.h", HEADER);
  }

  @Test
  void aGuardIsUnderstoodWhereItStands() {
    files.put("b/one.h", "static inline void take(struct hub *h) { mutex_lock(&h->lock); }\n");
    files.put("b/two.h", "static inline void take(struct hub *h) { trace(h); }\n");
    String guard = "DEFINE_GUARD(b, struct hub *, take(_T), trace(_T))\n";
    files.put("c/guard.h", "#include \"../b/one.h\"\n" + guard);
    files.put("c/user.c", "void c_lock(struct hub *h) { guard(b)(h); }\n");
    check(true, "c/guard.h", "#include \"../b/two.h\"\n" + guard);
    check(true, "c/guard.h", "#include \"../b/one.h\"\n" + guard);
  }

  @Test
  void twoOfOneNameChangePlaces() {
    String takes = "void two(struct hub *h) { mutex_lock(&h->lock); }\n";
    String takesNothing = "void two(struct hub *h) { trace(h); }\n";
    files.put("b/user.c", "void b_lock(struct hub *h) { two(h); }\n");
    files.put("b/two.c", takesNothing + takes);
    check(true, "b/two.c", "void first(void) { }\n" + takes + takesNothing);
  }

  @Test
  void filesComeAndGo() {
    check(true, "a/hub.c", "");
    check(true, "a/hub.c", HUB);
    check(true, "b/more.c", "void more_lock(struct hub *h) { user_lock(h); }\n");
    check(true, "b/more.c", "");
  }

  @Test
  void ringsSettle() {
    String ring =
        """
        void ring_lock(struct hub *h) { if (h->n) round_lock(h); user_lock(h); }
        void round_lock(struct hub *h) { ring_lock(h); }
        """;
    check(true, "a/ring.c", ring);
    check(true, "a/ring.c", ring.replace("user_lock(h);", ""));
  }

  @Test
  void equalTablesAreWrittenAlike() {
    assertArrayEquals(
        LockTableCodec.encode(LockRounds.of(program())),
        LockTableCodec.encode(LockRounds.of(program())));
  }
}

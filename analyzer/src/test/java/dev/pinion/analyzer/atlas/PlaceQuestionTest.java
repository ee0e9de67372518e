// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.atlas.LockAnswer.Sight;
import dev.pinion.analyzer.link.Linked;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is under the cursor, and who takes which lock. */
class PlaceQuestionTest {
  private static final String HEADER =
      """
      struct dev { struct list_head node; int size; };
      struct guest {
        struct mutex lock;
        struct list_head devices;
        union { spinlock_t inner; int other; };
      };
      """;

  private static final String MAIN =
      """
      #include "inner.h"
      void guest_add(struct guest *guest, struct dev *dev)
      {
        mutex_lock(&guest->lock);
        list_add_rcu(&dev->node,
                     &guest->devices);
        mutex_unlock(&guest->lock);
        spin_lock(&guest->inner);
        dev->size = 0;
        spin_unlock(&guest->inner);
      }
      int guest_walk(struct guest *guest)
      {
        struct dev *dev;
        int node = 0;
        rcu_read_lock();
        list_for_each_entry_rcu(dev, &guest->devices, node)
          node += dev->size;
        rcu_read_unlock();
        return node;
      }
      """;

  private final Atlas atlas =
      Atlas.of(
          Linked.of(
              "virt/guest.h", HEADER, "virt/inner.h", "#include <guest.h>\n", "virt/main.c", MAIN));

  @Test
  void aMemberIsKnownWhereItIsDeclared() {
    assertEquals(Optional.of("dev.node"), atlas.memberAt("virt/guest.h", 1, "node"));
    assertEquals(Optional.of("guest.lock"), atlas.memberAt("virt/guest.h", 3, "lock"));
    assertEquals(Optional.of("guest.inner"), atlas.memberAt("virt/guest.h", 5, "inner"));
    assertEquals(Optional.empty(), atlas.memberAt("virt/guest.h", 3, "nothing"));
  }

  @Test
  void andWhereItIsUsedAlsoOnTheNextLineOfACall() {
    assertEquals(Optional.of("guest.lock"), atlas.memberAt("virt/main.c", 4, "lock"));
    assertEquals(Optional.of("guest.devices"), atlas.memberAt("virt/main.c", 6, "devices"));
    assertEquals(Optional.of("dev.node"), atlas.memberAt("virt/main.c", 17, "node"));
    assertEquals(Optional.empty(), atlas.memberAt("virt/main.c", 9, "dev"));
  }

  @Test
  void aLockKnowsWhoTakesIt() {
    LockAnswer lock = Asked.one(atlas.lock("guest.lock"));
    assertEquals(Sight.INCLUDERS, lock.sight());
    assertEquals(
        List.of("virt/main.c:4 guest_add"),
        lock.takers().stream().map(t -> Asked.text(t.place())).toList());
    assertEquals(1, Asked.one(atlas.lock("guest.inner")).takers().size());
    assertEquals(List.of(), Asked.one(atlas.lock("dev.size")).takers());
    assertTrue(Asked.unknown(atlas.lock("guest.lok")).near().contains("guest.lock"));
  }

  @Test
  void rcuListsOfAFileAreFoundByTheirNodes() {
    assertEquals(List.of("dev.node"), atlas.rcuListsIn("virt/guest.h"));
    assertEquals(List.of(), atlas.rcuListsIn("virt/main.c"));
  }

  @Test
  void symbolsAreNamedByWhatTakesThem() {
    assertTrue(atlas.namesSymbols("symbol_get", "virt/main.c"));
    assertFalse(atlas.namesSymbols("mutex_lock", "virt/main.c"));
  }
}

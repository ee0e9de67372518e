// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.link.Acquisitions.Acquisition;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

class CountedObjectsTest {
  private static final String GUEST =
      """
      struct guest { refcount_t users_count; int id; };
      void guest_destroy(struct guest *guest) { stop(guest); kfree(guest); }
      void guest_get(struct guest *guest) { refcount_inc(&guest->users_count); }
      bool guest_get_safe(struct guest *guest)
      {
        return refcount_inc_not_zero(&guest->users_count);
      }
      void guest_put(struct guest *guest)
      {
        if (refcount_dec_and_test(&guest->users_count))
          guest_destroy(guest);
      }
      void guest_put_no_destroy(struct guest *guest)
      {
        WARN_ON(refcount_dec_and_test(&guest->users_count));
      }
      void guest_drop(struct guest *guest) { guest_put(guest); }
      struct guest *guest_hold(struct guest *guest)
      {
        if (guest)
          guest_get(guest);
        return guest;
      }
      void guest_touch(struct guest *guest) { guest_get(guest); touch(guest); guest_put(guest); }
      struct guest *guest_create(void)
      {
        struct guest *guest = kzalloc(sizeof(*guest), GFP_KERNEL);
        refcount_set(&guest->users_count, 1);
        return guest;
      }
      int guest_id(struct guest *guest) { return guest->id; }
      struct guest *guest_self(struct holder *holder) { return holder->guest; }
      """;

  private final Program program = Linked.of("guest.c", GUEST);

  private static List<String> names(SortedSet<FunctionRef> functions) {
    return functions.stream().map(FunctionRef::name).toList();
  }

  @Test
  void aRefcountThatGatesAFree() {
    CountedObjects.Counted guest = CountedObjects.of(program).counted("guest").orElseThrow();
    assertEquals(List.of("users_count"), List.copyOf(guest.counters()));
    assertEquals(List.of("guest_get"), names(guest.gets()));
    assertEquals(List.of("guest_get_safe"), names(guest.tryGets()));
    assertEquals(List.of("guest_put", "guest_put_no_destroy", "guest_drop"), names(guest.puts()));
    assertEquals(List.of("guest_destroy"), names(guest.releases()));
  }

  @Test
  void effectsOfCalls() {
    CountEffects effects = CountEffects.of(program);
    assertEquals(Optional.of(CountEffect.PUT), effects.effect("guest_drop", 0, "guest.c"));
    assertEquals(Optional.of(CountEffect.GET), effects.effect("guest_hold", 0, "guest.c"));
    assertEquals(Optional.of(CountEffect.TRY_GET), effects.effect("guest_get_safe", 0, "guest.c"));
    assertEquals(Optional.empty(), effects.effect("guest_id", 0, "guest.c"));
    assertEquals(Optional.of(CountEffect.PUT), effects.effect("fput", 0, "guest.c"));
  }

  @Test
  void whoGetsAndPutsLeavesTheCountAlone() {
    assertTrue(
        CountedObjects.of(program).counted("guest").orElseThrow().puts().stream()
            .noneMatch(p -> p.name().equals("guest_touch")));
  }

  @Test
  void whoReturnsAReference() {
    Acquisitions acquisitions = Acquisitions.of(program);
    assertEquals(Acquisition.YES, acquisitions.acquires("guest_create", "guest.c"));
    assertEquals(Acquisition.NO, acquisitions.acquires("guest_self", "guest.c"));
    assertEquals(Acquisition.UNKNOWN, acquisitions.acquires("elsewhere", "guest.c"));
    assertEquals(Acquisition.YES, acquisitions.acquires("fget", "guest.c"));
  }

  @Test
  void aKrefInAnEmbeddedStructAndItsCallback() {
    Program other =
        Linked.of(
            "a.c",
            """
            struct core { struct kref kref; };
            struct account { struct core core; };
            static void account_release(struct kref *kref)
            {
              kfree(container_of(kref, struct account, core.kref));
            }
            void account_put(struct account *account)
            {
              if (account)
                kref_put(&account->core.kref, account_release);
            }
            """);
    CountedObjects.Counted account = CountedObjects.of(other).counted("account").orElseThrow();
    assertEquals(List.of("core.kref"), List.copyOf(account.counters()));
    assertEquals(List.of("account_release"), names(account.releases()));
  }

  @Test
  void anAtomicThatGatesNothingCountsNothing() {
    Program other =
        Linked.of(
            "a.c",
            """
            struct stats { atomic_t packets; };
            void stats_inc(struct stats *s) { atomic_inc(&s->packets); }
            void stats_dec(struct stats *s) { if (atomic_dec_and_test(&s->packets)) log(s); }
            """);
    assertEquals(Optional.empty(), CountedObjects.of(other).counted("stats"));
  }

  @Test
  void aFieldsStoresAndDrops() {
    Program other =
        Linked.of(
            "guest.c",
            GUEST,
            "holder.c",
            """
            struct holder { struct guest *guest; int x; };
            void holder_set(struct holder *h, struct guest *guest)
            {
              struct guest *old = h->guest;
              h->guest = guest_hold(guest);
              h->x = 1;
              guest_put(old);
            }
            """);
    CountedFields fields = CountedFields.of(other);
    FieldRef field = new FieldRef("holder", "guest");
    assertEquals(Optional.of("guest"), fields.tag(field));
    assertEquals("guest_hold", fields.stores(field).get(0).store().producer());
    assertEquals("guest_put", fields.drops(field).get(0).operation().api());
  }

  @Test
  void aLockBehindAVoidPointerHasTheTypeOfTheVariable() {
    Program other =
        Linked.of(
            "a.c",
            """
            struct file { void *private_data; };
            struct group { struct mutex lock; };
            void set(struct file *file)
            {
              struct group *group = file->private_data;
              mutex_lock(&group->lock);
              here();
              mutex_unlock(&group->lock);
            }
            """);
    FunctionRef set = Linked.function(other, "set");
    assertEquals(
        List.of("struct group.lock"),
        List.copyOf(Contexts.of(other).at(set, Linked.call(other, set, "here")).locks().keySet()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pinion.analyzer.atlas.CountedAnswer.Counting;
import dev.pinion.analyzer.link.Linked;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.KernelModel;
import dev.pinion.analyzer.model.RowException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedQuestionTest {
  private static final String GUEST =
      """
      struct guest_ops { void (*stop)(struct guest *guest); };
      struct guest { refcount_t users; struct mutex lock; const struct guest_ops *ops; };
      static void guest_destroy(struct guest *guest)
      {
        mutex_lock(&guest->lock);
        guest->ops->stop(guest);
        mutex_unlock(&guest->lock);
        guest_free(guest);
      }
      static void guest_free(struct guest *guest) { synchronize_rcu(); kfree(guest); }
      void guest_get(struct guest *guest) { refcount_inc(&guest->users); }
      bool guest_get_safe(struct guest *guest) { return refcount_inc_not_zero(&guest->users); }
      void guest_put(struct guest *guest)
      {
        if (refcount_dec_and_test(&guest->users))
          guest_destroy(guest);
      }
      void guest_put_no_destroy(struct guest *guest)
      {
        WARN_ON(refcount_dec_and_test(&guest->users));
      }
      struct guest *guest_hold(struct guest *guest)
      {
        if (guest)
          guest_get(guest);
        return guest;
      }
      struct guest *guest_find(int id)
      {
        struct guest *guest = lookup(id);
        if (guest && refcount_inc_not_zero(&guest->users))
          return guest;
        return 0;
      }
      void guest_use(struct guest *guest)
      {
        guest_get(guest);
        start(guest);
        run(guest);
        stop(guest);
      }
      """;

  private static Counting ask(Program program, String tag) {
    CountedAnswer answer = Asked.one(Atlas.of(program).counted(tag));
    assertEquals(1, answer.counters().size(), answer.toString());
    return answer.counters().get(0);
  }

  @Test
  void aRefcountWithAllItsFunctions() {
    Counting guest = ask(Linked.of("guest.c", GUEST), "guest");
    assertEquals("users", guest.path());
    assertEquals(List.of("guest_get", "guest_hold"), Asked.functions(guest.gets()));
    assertEquals(List.of("guest_get_safe"), Asked.functions(guest.tryGets()));
    assertEquals(List.of("guest_find"), Asked.functions(guest.lookups()));
    assertEquals(List.of("guest_put", "guest_put_no_destroy"), Asked.functions(guest.puts()));
    assertEquals(
        List.of("guest_destroy"),
        guest.releases().stream().map(r -> r.function().function()).toList());
  }

  @Test
  void whatTheReleaseReaches() {
    assertEquals(
        List.of(
            "0 LOCK struct guest.lock guest.c:5 guest_destroy",
            "0 SLOT struct guest_ops.stop guest.c:6 guest_destroy",
            "1 GRACE_PERIOD synchronize_rcu() guest.c:10 guest_free",
            "1 FREE kfree() guest.c:10 guest_free"),
        ask(Linked.of("guest.c", GUEST), "struct guest").releases().get(0).reaches().stream()
            .map(r -> r.depth() + " " + r.kind() + " " + r.what() + " " + Asked.text(r.place()))
            .toList());
  }

  @Test
  void anAtomicThatGatesAFreeAndAKrefWithACallback() {
    Counting node =
        ask(
            Linked.of(
                "node.c",
                """
                struct node { atomic_long_t count; };
                void node_get(struct node *n) { atomic_long_inc(&n->count); }
                static void node_later(struct callback *c) { kfree(c); }
                void node_put(struct node *n)
                {
                  if (!atomic_long_dec_and_test(&n->count))
                    return;
                  init_task_work(&n->work, node_later);
                }
                """),
            "node");
    assertEquals(List.of("node_put"), Asked.functions(node.puts()));
    Counting kref =
        ask(
            Linked.of(
                "a.c",
                """
                struct acct { struct kref kref; };
                static void acct_release(struct kref *kref) { kfree(kref); }
                void acct_get(struct acct *a) { kref_get(&a->kref); }
                void acct_put(struct acct *a) { kref_put(&a->kref, acct_release); }
                """),
            "acct");
    assertEquals("kref", kref.path());
    assertEquals("acct_release", kref.releases().get(0).function().function());
  }

  @Test
  void anEmbeddedDeviceIsReleasedByItsOwnCallback() {
    Counting thing =
        ask(
            Linked.of(
                "thing.c",
                """
                struct device { struct kobject kobj; void (*release)(struct device *dev); };
                struct thing { struct device dev; };
                static void thing_free(struct device *dev) { kfree(dev); }
                void thing_init(struct thing *t) { t->dev.release = thing_free; }
                void thing_get(struct thing *t) { get_device(&t->dev); }
                void thing_put(struct thing *t) { put_device(&t->dev); }
                """),
            "thing");
    assertEquals("dev.kobj.kref", thing.path());
    assertEquals("thing_free", thing.releases().get(0).function().function());
  }

  @Test
  void aKobjectIsReleasedByItsType() {
    Counting unit =
        ask(
            Linked.of(
                "unit.c",
                """
                struct unit { struct kobject kobj; };
                static void unit_free(struct kobject *kobj) { kfree(to_unit(kobj)); }
                static const struct kobj_type unit_type = { .release = unit_free };
                void unit_init(struct unit *u) { kobject_init(&u->kobj, &unit_type); }
                void unit_get(struct unit *u) { kobject_get(&u->kobj); }
                void unit_put(struct unit *u) { kobject_put(&u->kobj); }
                """),
            "unit");
    assertEquals("kobj.kref", unit.path());
    assertEquals("unit_free", unit.releases().get(0).function().function());
  }

  @Test
  void whatCountsNothingIsNotCounted() {
    Program stats =
        Linked.of(
            "a.c",
            """
            struct stats { atomic_t packets; };
            void stats_inc(struct stats *s) { atomic_inc(&s->packets); }
            void stats_dec(struct stats *s) { atomic_dec(&s->packets); }
            """);
    assertEquals(List.of(), Asked.one(Atlas.of(stats).counted("stats")).counters());
  }

  @Test
  void rowsOfTheTreeGoFirst() throws RowException {
    KernelModel model =
        KernelModel.load()
            .withCounted(
                List.of(
                    "# ours",
                    "",
                    "guest_put_no_destroy none of=guest",
                    "guest_grab  try-get of=guest arg=0 counter=users",
                    "guest_free  release of=guest counter=users"));
    Counting guest =
        ask(
            Linked.with(
                model,
                "guest.c",
                GUEST,
                "b.c",
                "bool guest_grab(struct guest *guest) { return try(guest); }\n"),
            "guest");
    assertEquals(List.of("guest_put"), Asked.functions(guest.puts()));
    assertEquals(List.of("guest_grab", "guest_get_safe"), Asked.functions(guest.tryGets()));
    assertEquals(
        List.of("guest_destroy", "guest_free"),
        guest.releases().stream().map(r -> r.function().function()).toList());
  }

  @Test
  void badRowsAreToldWithTheirLine() {
    assertBad("foo", 1, "nothing where one of get, member, none, put, release, try-get belongs");
    assertBad("foo gets of=x", 1, "'gets' where one of");
    assertBad("foo get", 1, "no struct for 'foo'; add of=TAG");
    assertBad("foo get of=x test", 1, "'test' is no attribute");
    assertBad("foo get of=x by=y", 1, "'by=' is no attribute");
    assertBad("foo get of=x release=1", 1, "'release=' takes no number");
    assertBad("foo-bar get of=x", 1, "'foo-bar' is no function's name");
    assertBad("foo get of=x\n\nfoo put of=x", 3, "a second row for 'foo'");
  }

  private static void assertBad(String text, int line, String message) {
    RowException e =
        assertThrows(
            RowException.class, () -> KernelModel.load().withCounted(text.lines().toList()));
    assertEquals(line, e.line());
    assertEquals(
        message, String.valueOf(e.getMessage()).substring(0, message.length()), e.getMessage());
  }

  @Test
  void unknownStructsComeWithNearOnes() {
    assertEquals(
        new Answer.Unknown<>("no struct 'gues'", List.of("guest", "guest_ops")),
        Atlas.of(Linked.of("guest.c", GUEST)).counted("gues"));
  }
}

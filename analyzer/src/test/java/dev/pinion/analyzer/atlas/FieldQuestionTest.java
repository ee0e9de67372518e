// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pinion.analyzer.atlas.FieldAnswer.AftermathKind;
import dev.pinion.analyzer.atlas.FieldAnswer.Discipline;
import dev.pinion.analyzer.atlas.FieldAnswer.Kind;
import dev.pinion.analyzer.atlas.FieldAnswer.Primitive;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Linked;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldQuestionTest {
  private static final String GUEST =
      """
      struct dev_ops { void (*release)(struct dev *dev); };
      struct dev { struct list_head node; const struct dev_ops *ops; };
      struct guest { struct mutex lock; struct list_head devices; };
      void guest_add(struct guest *guest, struct dev *dev)
      {
        mutex_lock(&guest->lock);
        list_add_tail_rcu(&dev->node, &guest->devices);
        mutex_unlock(&guest->lock);
      }
      void guest_remove(struct guest *guest, struct dev *dev)
      {
        mutex_lock(&guest->lock);
        list_del_rcu(&dev->node);
        mutex_unlock(&guest->lock);
        synchronize_rcu();
        dev->ops->release(dev);
      }
      void guest_clear(struct guest *guest)
      {
        struct dev *dev, *next;
        list_for_each_entry_safe(dev, next, &guest->devices, node)
          list_del(&dev->node);
      }
      int guest_walk(struct guest *guest)
      {
        struct dev *dev;
        int n = 0;
        rcu_read_lock();
        list_for_each_entry_rcu(dev, &guest->devices, node)
          n++;
        rcu_read_unlock();
        return n;
      }
      static void plain_release(struct dev *dev) { kfree(dev); }
      static const struct dev_ops plain_ops = { .release = plain_release };
      """;

  private final Program program = Linked.of("guest.c", GUEST);

  /** Finds fault with list_del() in the first line of its function, excuses the rest. */
  private record Stub() implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo("rcu-list-stub", Tier.WARNING, "a stub", List.of("no-reason"));
    }

    @Override
    public Collection<String> files(Program program) {
      return List.of();
    }

    @Override
    public boolean isCandidate(FunctionRef function, Program program) {
      return false;
    }

    @Override
    public void check(FunctionRef function, Program program, Report report) {
      program.facts(function).operations().stream()
          .filter(o -> o.api().equals("list_del_rcu") || o.api().equals("list_del"))
          .forEach(
              o -> {
                Location at = Location.of(function.file(), o.position());
                List<Related> proof = List.of(new Related(at, "seen here"));
                if (o.api().equals("list_del")) {
                  report.finding(
                      new Finding(
                          "rcu-list-stub",
                          Tier.WARNING,
                          at,
                          function.name(),
                          "a stub's finding",
                          proof));
                } else {
                  report.excused(
                      new Excused(
                          "rcu-list-stub", at, function.name(), "no-reason", "it is", proof));
                }
              });
    }
  }

  private FieldAnswer ask() {
    return Asked.one(new Atlas(program, List.of(new Stub())).field("dev.node"));
  }

  @Test
  void usesWithPlaceHeadAndLocks() {
    FieldAnswer answer = ask();
    assertEquals("dev", answer.struct());
    assertEquals(new Location("guest.c", 2, 1), answer.definedAt());
    FieldAnswer.ListUse insert = answer.uses(Kind.INSERT).get(0);
    assertEquals("guest.c:7 guest_add", Asked.text(insert.place()));
    assertEquals(Primitive.RCU, insert.primitive());
    assertEquals(List.of("struct guest.devices"), insert.heads());
    assertEquals(
        List.of("struct guest.lock"),
        insert.holding().locks().stream().map(l -> l.identity()).toList());
    assertEquals(
        List.of("guest.c:13 guest_remove", "guest.c:22 guest_clear"),
        answer.uses(Kind.DELETE).stream().map(u -> Asked.text(u.place())).toList());
  }

  @Test
  void readersWithTheirSections() {
    List<FieldAnswer.ListUse> readers = ask().uses(Kind.READ);
    assertEquals(
        List.of("guest.c:21 guest_clear", "guest.c:29 guest_walk"),
        readers.stream().map(u -> Asked.text(u.place())).toList());
    assertEquals(
        List.of("rcu"),
        readers.get(1).holding().sections().stream().map(s -> s.flavour()).toList());
    assertEquals(28, readers.get(1).holding().sections().get(0).where().line());
  }

  @Test
  void theContract() {
    FieldAnswer.Contract contract = ask().contract();
    assertEquals(Discipline.RCU_LIST, contract.discipline());
    assertEquals(List.of("rcu"), contract.flavours());
    assertEquals(List.of("struct guest.devices"), contract.heads());
    assertEquals(
        List.of("GRACE_PERIOD synchronize_rcu()", "FREE ->release() → plain_release()"),
        contract.afterDelete().stream().map(a -> a.kind() + " " + a.how()).toList());
    assertTrue(contract.afterDelete().stream().noneMatch(a -> a.kind() == AftermathKind.DEFERRED));
  }

  @Test
  void whatTheRulesSayOfEachDeletion() {
    List<Verdict> verdicts =
        ask().uses(Kind.DELETE).stream().flatMap(u -> u.verdicts().stream()).toList();
    assertEquals(
        List.of("EXCUSED no-reason it is", "FINDING warning a stub's finding"),
        verdicts.stream().map(v -> v.outcome() + " " + v.label() + " " + v.text()).toList());
    assertEquals("seen here", verdicts.get(0).lines().get(0).message());
  }

  @Test
  void namesMayBeSpelledAsInTheSource() {
    Atlas atlas = Atlas.of(program);
    FieldAnswer answer = Asked.one(atlas.field("dev.node"));
    for (String spelled : List.of("struct dev.node", "dev->node", "dev@guest.c.node")) {
      assertEquals(answer, Asked.one(atlas.field(spelled)), spelled);
    }
  }

  @Test
  void aMemberThatIsNoListNode() {
    FieldAnswer answer = Asked.one(Atlas.of(program).field("dev.ops"));
    assertEquals(Discipline.NO_LIST, answer.contract().discipline());
    assertEquals(List.of(), answer.uses());
  }

  @Test
  void unknownNamesComeWithNearOnes() {
    Atlas atlas = Atlas.of(program);
    assertEquals(
        new Answer.Unknown<>("no member 'nod' in struct 'dev'", List.of("dev.node")),
        atlas.field("dev.nod"));
    assertEquals(
        new Answer.Unknown<>("no struct 'gest'", List.of("guest")), atlas.field("gest.lock"));
    assertEquals("'guest' is not STRUCT.FIELD", Asked.unknown(atlas.field("guest")).why());
  }

  @Test
  void aStructOfSeveralFilesHasSeveralAnswers() {
    Program two =
        Linked.of(
            "a.c",
            "struct item { struct list_head n; };\n"
                + "void a(struct item *i) { list_del(&i->n); }\n",
            "b.c",
            "struct item { struct list_head n; };\n"
                + "void b(struct item *i) { list_del_rcu(&i->n); }\n");
    List<FieldAnswer> all = Asked.all(Atlas.of(two).field("item.n"));
    assertEquals(List.of("item@a.c", "item@b.c"), all.stream().map(FieldAnswer::struct).toList());
    assertEquals(
        List.of(Discipline.PLAIN_LIST, Discipline.RCU_WRITERS_ONLY),
        all.stream().map(a -> a.contract().discipline()).toList());
  }
}

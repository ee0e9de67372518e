// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.FieldAnswer.Contract;
import dev.pinion.analyzer.atlas.FieldAnswer.Discipline;
import dev.pinion.analyzer.atlas.FieldAnswer.Kind;
import dev.pinion.analyzer.atlas.FieldAnswer.ListUse;
import dev.pinion.analyzer.atlas.FieldAnswer.Primitive;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.Flavour;
import dev.pinion.analyzer.link.Heads;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Answers {@code atlas field}. */
final class FieldQuestion {
  /** Rules that judge list operations, where those stand; others may cost a look at all lists. */
  private static final String LIST_RULES = "rcu-list-";

  private final Program program;
  private final Verdicts verdicts;

  FieldQuestion(Program program, Verdicts verdicts) {
    this.program = program;
    this.verdicts = verdicts;
  }

  static Verdicts verdicts(Program program, List<dev.pinion.analyzer.rule.Rule> rules) {
    return new Verdicts(program, rules, LIST_RULES);
  }

  FieldAnswer ask(Names.KnownField known) {
    List<ListUse> uses = new ArrayList<>();
    List<ListUses.Use> deletions = new ArrayList<>();
    for (ListUses.Use use : ListUses.of(program).of(known.field())) {
      uses.add(use(use));
      if (kind(use) == Kind.DELETE) {
        deletions.add(use);
      }
    }
    uses.sort(Comparator.comparing(ListUse::place).thenComparing(ListUse::api));
    return new FieldAnswer(
        known.field().owner(),
        known.field().field(),
        known.type().toString(),
        known.struct(),
        contract(known.field(), uses, deletions),
        uses);
  }

  private ListUse use(ListUses.Use use) {
    Kind kind = kind(use);
    List<String> heads =
        use.api().argument("head") < 0
            ? List.of()
            : Heads.of(program).names(use).map(List::copyOf).orElse(List.of());
    return new ListUse(
        new Place(use.location(), use.function().name()),
        kind,
        use.api().name(),
        use.api().is("rcu") ? Primitive.RCU : Primitive.PLAIN,
        heads.stream().sorted().toList(),
        Holding.at(use.function(), use.operation().position(), program),
        kind == Kind.DELETE || kind == Kind.MOVE
            ? verdicts.at(use.function(), use.location())
            : List.of());
  }

  private static Kind kind(ListUses.Use use) {
    return switch (use.api().operation()) {
      case "insert" -> Kind.INSERT;
      case "delete", "delete-init" -> Kind.DELETE;
      case "walk", "peek" -> Kind.READ;
      case "init" -> Kind.INIT;
      default -> Kind.MOVE;
    };
  }

  private Contract contract(FieldRef field, List<ListUse> uses, List<ListUses.Use> deletions) {
    RcuLists lists = RcuLists.of(program);
    boolean lockless = !ListUses.of(program).locklessReads(field).isEmpty();
    if (!lockless) {
      boolean rcu = uses.stream().anyMatch(u -> u.primitive() == Primitive.RCU);
      Discipline discipline =
          uses.isEmpty()
              ? Discipline.NO_LIST
              : rcu ? Discipline.RCU_WRITERS_ONLY : Discipline.PLAIN_LIST;
      return new Contract(
          discipline, List.of(), List.of(), rcu ? aftermath(deletions, Set.of()) : List.of());
    }
    Set<Flavour> flavours = lists.flavours(field);
    return new Contract(
        Discipline.RCU_LIST,
        flavours.stream().map(FieldQuestion::name).sorted().toList(),
        lists.publishedHeads(field).map(h -> h.stream().sorted().toList()).orElse(List.of()),
        aftermath(deletions, flavours));
  }

  private List<FieldAnswer.Aftermath> aftermath(
      List<ListUses.Use> deletions, Set<Flavour> flavours) {
    Aftermaths aftermaths =
        new Aftermaths(program, flavours.isEmpty() ? Set.of(Flavour.RCU) : flavours);
    SortedSet<FieldAnswer.Aftermath> all = new TreeSet<>();
    deletions.forEach(d -> all.addAll(aftermaths.after(d)));
    return List.copyOf(all);
  }

  private static String name(Flavour flavour) {
    return flavour.srcu().isEmpty() ? "rcu" : "srcu:" + flavour.srcu();
  }
}

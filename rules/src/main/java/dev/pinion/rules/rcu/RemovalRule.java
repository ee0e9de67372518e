// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Rules about a node that leaves a list under lockless readers. A candidate is a removal by a
 * primitive that does not keep readers going, from a list that RCU iterators walk somewhere in the
 * tree; it is live unless one of {@link Excuses} holds.
 */
abstract class RemovalRule implements Rule {
  /** Whether the rule is about removals by that list operation of the model. */
  abstract boolean isAbout(ListUses.Use use);

  /** The finding's message. */
  abstract String message(Removal removal);

  @Override
  public Collection<FunctionRef> candidates(Program program) {
    RcuLists lists = RcuLists.of(program);
    Collection<FunctionRef> functions = new TreeSet<>();
    for (FieldRef field : lists.contracts()) {
      lists.uses(field).stream().filter(this::isAbout).forEach(u -> functions.add(u.function()));
    }
    return functions;
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    RcuLists lists = RcuLists.of(program);
    return uses(function, program)
        .anyMatch(use -> lists.nodeField(use).filter(lists::isContract).isPresent());
  }

  private Stream<ListUses.Use> uses(FunctionRef function, Program program) {
    return program.facts(function).operations().stream()
        .flatMap(
            o ->
                program.model().find("list", o.api()).stream()
                    .map(a -> new ListUses.Use(a, function, o)))
        .filter(this::isAbout);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    RcuLists lists = RcuLists.of(program);
    uses(function, program)
        .forEach(
            use ->
                lists
                    .nodeField(use)
                    .filter(lists::isContract)
                    .flatMap(f -> Removal.of(program, use, f))
                    .filter(r -> !r.readers().isEmpty())
                    .ifPresent(r -> judge(r, lists, report)));
  }

  private void judge(Removal removal, RcuLists lists, Report report) {
    Optional<Excuse> excuse = new Excuses(removal).first();
    if (excuse.isPresent()) {
      report.excused(
          new Excused(
              info().id(),
              removal.location(),
              removal.ref().name(),
              excuse.get().id(),
              excuse.get().because(),
              excuse.get().proof()));
      return;
    }
    List<RcuLists.Reader> live = Readers.live(removal);
    Optional<Witness> witness = Witness.of(removal, live);
    Optional<Related> doubt = new Doubts(removal, live, witness).first();
    List<Related> story = story(removal, lists, Witness.story(witness, live));
    doubt.ifPresent(story::add);
    report.finding(
        new Finding(
            info().id(),
            Doubts.tier(doubt),
            removal.location(),
            removal.ref().name(),
            message(removal),
            story));
  }

  /** Insertion, the reader, then the removal. */
  private static List<Related> story(Removal removal, RcuLists lists, List<Related> reader) {
    List<Related> story = new ArrayList<>();
    Readers.insertion(removal.field(), removal.ref(), lists).ifPresent(story::add);
    story.addAll(reader);
    if (!lists.isUpdatedUnderRcu(removal.field())) {
      story.add(
          new Related(
              reader.get(reader.size() - 1).location(),
              "no update of this list uses an RCU primitive: either they all have to, with a grace"
                  + " period before a node is reused, or this reader has to take their lock"));
    }
    story.add(
        new Related(
            removal.location(),
            removal.ref().name()
                + "() removes the node with "
                + removal.use().api().name()
                + "()"));
    return story;
  }
}

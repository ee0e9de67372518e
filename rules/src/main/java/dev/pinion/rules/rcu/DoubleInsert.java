// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A node taken off an RCU list and put on another while a reader may still stand on it: the reader
 * goes on in the other list and never comes to its own list's end.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 14.
 */
@AutoService(Rule.class)
public final class DoubleInsert implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-double-insert",
          Tier.WARNING,
          "a node is taken off an RCU list and put on a list again with no grace period between",
          Stream.concat(Stream.of("grace-period"), Excuses.IDS.stream()).toList());

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return Unlinks.of(program).files();
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return insertions(function, program).findAny().isPresent()
        && Unlinks.of(program).areIn(function);
  }

  private static Stream<ListUses.Use> insertions(FunctionRef function, Program program) {
    return program.facts(function).operations().stream()
        .flatMap(
            o ->
                program.model().find("list", o.api()).stream()
                    .filter(a -> a.operation().equals("insert"))
                    .map(a -> new ListUses.Use(a, function, o)))
        .filter(u -> Update.field(program, u).isPresent());
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    List<Update> insertions =
        insertions(function, program)
            .flatMap(u -> Update.field(program, u).flatMap(f -> Update.of(program, u, f)).stream())
            .toList();
    if (insertions.isEmpty()) {
      return;
    }
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<SortedMap<String, Unlinked>> solution =
        Solver.forward(
            body.function().cfg(), new Reclamation(program, function, body, Unlinks.of(program)));
    if (!solution.complete()) {
      return;
    }
    solution.forEach(
        (block, instruction, before) ->
            insertions.stream()
                .filter(i -> i.call().equals(instruction))
                .forEach(
                    i ->
                        Optional.ofNullable(before.get(i.object().toString()))
                            .filter(u -> u.field().equals(i.field()))
                            .ifPresent(u -> judge(program, i, u, report))));
  }

  private static void judge(Program program, Update insertion, Unlinked unlinked, Report report) {
    Optional<Update> removal = Update.of(program, unlinked.use(), unlinked.field());
    if (removal.isEmpty() || removal.get().readers().isEmpty()) {
      return;
    }
    Optional<Excuse> excuse =
        unlinked.hasWaited()
            ? Optional.of(waited(insertion, unlinked))
            : new Excuses(removal.get()).first();
    if (excuse.isPresent()) {
      report.excused(excuse.get().of(INFO, insertion.location(), insertion.ref().name()));
    } else {
      report.finding(finding(insertion, removal.get(), unlinked));
    }
  }

  private static Excuse waited(Update insertion, Unlinked unlinked) {
    return new Excuse(
        "grace-period",
        "a grace period passes between removal and insertion",
        List.of(
            new Related(
                Location.of(insertion.ref().file(), unlinked.position()), "removed from the list"),
            new Related(
                Location.of(insertion.ref().file(), unlinked.waited()),
                "waits for a grace period")));
  }

  private static Finding finding(Update insertion, Update removal, Unlinked unlinked) {
    List<RcuLists.Reader> live = Readers.live(removal);
    Optional<Witness> witness = Witness.of(removal, live);
    List<Related> story = new ArrayList<>(Witness.story(witness, live));
    witness.flatMap(w -> w.updatersLocks(removal)).ifPresent(story::add);
    story.add(
        new Related(
            removal.location(),
            removal.ref().name() + "() " + removal.deed() + ": readers may still be on it"));
    Optional<Related> doubt =
        new Doubts(removal, live, witness).first().or(() -> Relisting.doubt(insertion, removal));
    story.add(
        new Related(
            insertion.location(),
            insertion.ref().name()
                + "() "
                + insertion.deed()
                + ", with no grace period between: such a reader goes on from there"
                + (doubt.isEmpty() ? " and never meets the head of its own list" : "")));
    doubt.ifPresent(story::add);
    return new Finding(
        INFO.id(),
        Doubts.tier(doubt),
        insertion.location(),
        insertion.ref().name(),
        "'"
            + AccessPath.spelled(insertion.object().toString())
            + "' is put on a list again with "
            + insertion.use().api().name()
            + "() without a grace period after "
            + unlinked.use().api().name()
            + "() of '"
            + unlinked.field()
            + "'",
        story);
  }
}

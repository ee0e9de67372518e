// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excuse;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A walk that leaves its read-side section and goes on from an entry that nobody holds.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 2.
 */
@AutoService(Rule.class)
public final class WalkDropsLock extends ListRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-walk-drops-lock",
          Tier.WARNING,
          "a walk leaves its read-side section and goes on from an entry that nobody holds",
          List.of("held-until-relock", "updater-lock"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return ListUses.isLocklessRead(api) && api.operation().equals("walk");
  }

  @Override
  boolean mayConcern(FunctionRef function, Program program) {
    return leavesSection(function, program);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    Contexts.Body body = Contexts.of(program).body(function);
    Set<Position> endings = endings(program, function, body);
    if (endings.isEmpty()) {
      return;
    }
    RcuLists lists = RcuLists.of(program);
    uses(function, program)
        .forEach(
            use ->
                lists
                    .nodeField(use)
                    .filter(f -> !Updaters.removing(program, f, use).all().isEmpty())
                    .ifPresent(f -> check(new Walk(program, use, f, body), endings, report)));
  }

  /** Where the only section that is open is left. */
  private static Set<Position> endings(Program program, FunctionRef function, Contexts.Body body) {
    Set<Position> endings = new TreeSet<>();
    if (!body.locks().complete() || Contexts.of(program).entry(function).inSection()) {
      return endings;
    }
    body.locks()
        .forEach(
            (block, instruction, before) -> {
              if (instruction instanceof Instruction.Call call
                  && program.model().does(call.name(), "rcu", "leave")
                  && isLast(before)) {
                endings.add(call.position());
              }
            });
    return endings;
  }

  private static boolean isLast(LockState state) {
    return state.sections().size() == 1;
  }

  private static void check(Walk walk, Set<Position> endings, Report report) {
    Optional<Instruction.Call> call =
        Calls.at(walk.body().function(), walk.use().api().name(), walk.use().operation().position())
            .filter(c -> c.kind() == Instruction.CallKind.ITERATOR)
            .filter(c -> c.result().filter(AccessPath::isVariable).isPresent());
    if (call.isEmpty()) {
      return;
    }
    References references =
        new References(walk.program(), walk.use().function(), walk.body().typing());
    Solution<DroppedSection.State> solution =
        Solver.forward(
            walk.body().function().cfg(),
            new DroppedSection(
                walk.program().model(), references, walk.body().function(), call.get(), endings));
    if (!solution.complete()) {
      return;
    }
    solution.forEach(
        (block, instruction, before) -> {
          if (instruction.equals(call.get()) && before.left().isPresent()) {
            walk.judge(before, call.get().result().orElseThrow(), report);
          }
        });
  }

  /** A walk with an RCU iterator. */
  private record Walk(Program program, ListUses.Use use, FieldRef field, Contexts.Body body) {

    void judge(DroppedSection.State state, AccessPath cursor, Report report) {
      Position left = state.left().orElseThrow();
      Optional<Excuse> excuse =
          state.hold() == DroppedSection.Hold.HELD
              ? Optional.of(
                  new Excuse(
                      "held-until-relock",
                      "a reference to '"
                          + cursor.spelled()
                          + "' is held until the section is open"
                          + " again",
                      List.of()))
              : Updaters.removing(program, field, use)
                  .keptOut(Contexts.of(program).at(use.function(), left))
                  .map(
                      proof ->
                          new Excuse(
                              "updater-lock",
                              "a lock that is held all the while keeps removals out",
                              proof));
      Location where = Location.of(use.function().file(), left);
      if (excuse.isPresent()) {
        report.excused(excuse.get().of(INFO, where, use.function().name()));
        return;
      }
      report.finding(finding(state, cursor, where));
    }

    private Finding finding(DroppedSection.State state, AccessPath cursor, Location where) {
      List<Related> story = new ArrayList<>();
      ListUses.Use removal = Updaters.removing(program, field, use).all().get(0);
      story.add(
          new Related(
              removal.location(),
              removal.function().name() + "() removes nodes with " + removal.api().name() + "()"));
      story.add(new Related(where, "the section is left here, inside of the walk"));
      story.add(
          new Related(
              use.location(),
              "and the walk goes on with "
                  + use.api().name()
                  + "() from '"
                  + cursor.spelled()
                  + "'"));
      Optional<Related> doubt =
          state.hold() == DroppedSection.Hold.PERHAPS
              ? Optional.of(
                  new Related(
                      where,
                      "latent only: a call before that is given '"
                          + cursor.spelled()
                          + "' may hold it"))
              : heldLock();
      doubt.ifPresent(story::add);
      String how =
          state.hold() == DroppedSection.Hold.GIVEN_BACK
              ? "', whose reference is given back before the section is open again"
              : "', which nobody holds meanwhile";
      return new Finding(
          INFO.id(),
          Doubts.tier(doubt),
          where,
          use.function().name(),
          "the walk by '"
              + field
              + "' leaves its section and goes on from '"
              + cursor.spelled()
              + how,
          story);
    }

    private Optional<Related> heldLock() {
      return Contexts.of(program)
          .at(use.function(), use.operation().position())
          .locks()
          .keySet()
          .stream()
          .findFirst()
          .map(
              l ->
                  new Related(
                      use.location(),
                      "latent only: " + l + " is held here, though not for every removal"));
    }
  }
}

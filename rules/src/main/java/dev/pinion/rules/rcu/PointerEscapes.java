// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Section;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.link.BareWays;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.model.Api;
import dev.pinion.analyzer.rule.Excused;
import dev.pinion.analyzer.rule.Finding;
import dev.pinion.analyzer.rule.Report;
import dev.pinion.analyzer.rule.Rule;
import dev.pinion.analyzer.rule.RuleInfo;
import dev.pinion.analyzer.rule.Tier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An entry that a lockless walk found, used after the read-side section with no reference taken.
 *
 * <p>Source: {@code Documentation/RCU/checklist.rst}, item 2.
 */
@AutoService(Rule.class)
public final class PointerEscapes extends ListRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-pointer-escapes",
          Tier.LATENT,
          "what a lockless walk found is used after its read-side section",
          List.of("add-only", "updater-lock"));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  boolean isAbout(Api api) {
    return ListUses.isLocklessRead(api);
  }

  @Override
  boolean mayConcern(FunctionRef function, Program program) {
    return leavesSection(function, program);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    Contexts.Body body = Contexts.of(program).body(function);
    SortedMap<Position, Position> endings = endings(program, function, body);
    Map<Position, ListUses.Use> walks = new HashMap<>();
    uses(function, program)
        .filter(u -> RcuLists.of(program).nodeField(u).isPresent())
        .forEach(u -> walks.put(u.operation().position(), u));
    if (endings.isEmpty() || walks.isEmpty()) {
      return;
    }
    References references = new References(program, function, body.typing());
    Solution<SortedMap<String, Escapees.Found>> solution =
        Solver.forward(
            body.function().cfg(),
            new Escapees(program.model(), references, walks, endings.keySet()));
    if (solution.complete()) {
      new Uses(program, function, endings, report).check(solution);
    }
  }

  /** Where the only section that is open is left, with where it was entered. */
  private static SortedMap<Position, Position> endings(
      Program program, FunctionRef function, Contexts.Body body) {
    SortedMap<Position, Position> endings = new TreeMap<>();
    if (!body.locks().complete() || Contexts.of(program).entry(function).inSection()) {
      return endings;
    }
    body.locks()
        .forEach(
            (block, instruction, before) -> {
              if (instruction instanceof Instruction.Call call
                  && program.model().does(call.name(), "rcu", "leave")) {
                only(before).ifPresent(s -> endings.put(call.position(), s.position()));
              }
            });
    return endings;
  }

  private static Optional<Section> only(LockState state) {
    return state.sections().size() == 1
        ? state.sections().values().stream().findFirst()
        : Optional.empty();
  }

  /** Looks for what is read through variables that outlived their section. */
  private static final class Uses {
    private final Program program;
    private final FunctionRef function;
    private final Map<Position, Position> endings;
    private final Report report;
    private final Set<ListUses.Use> told = new HashSet<>();

    Uses(Program program, FunctionRef function, Map<Position, Position> endings, Report report) {
      this.program = program;
      this.function = function;
      this.endings = endings;
      this.report = report;
    }

    void check(Solution<SortedMap<String, Escapees.Found>> solution) {
      solution.forEach(
          (block, instruction, before) ->
              before.forEach(
                  (variable, found) -> {
                    if (reads(instruction, variable)) {
                      judge(instruction.position(), variable, found);
                    }
                  }));
      for (BasicBlock block : solution.cfg().blocks()) {
        solution
            .exit(block.id())
            .ifPresent(state -> state.forEach((v, found) -> atEnd(block.terminator(), v, found)));
      }
    }

    private void atEnd(Terminator terminator, String variable, Escapees.Found found) {
      if (terminator instanceof Terminator.Branch branch
          && (Escapees.reads(branch.condition().left(), variable)
              || Escapees.reads(branch.condition().right(), variable))) {
        judge(branch.position(), variable, found);
      }
      if (terminator instanceof Terminator.Return returns
          && returns.value().filter(v -> Escapees.reads(v, variable)).isPresent()) {
        judge(returns.position(), variable, found);
      }
    }

    private static boolean reads(Instruction instruction, String variable) {
      if (instruction instanceof Instruction.Assign assign) {
        return Escapees.reads(assign.value(), variable)
            || Escapees.goesThrough(assign.target(), variable, 0);
      }
      return ((Instruction.Call) instruction)
          .arguments().stream().anyMatch(a -> Escapees.reads(a, variable));
    }

    /** Each walk is told of once, at the first use. */
    private void judge(Position where, String variable, Escapees.Found found) {
      if (found.left().isEmpty() || !told.add(found.use())) {
        return;
      }
      FieldRef field = RcuLists.of(program).nodeField(found.use()).orElseThrow();
      Updaters removing = Updaters.removing(program, field, found.use());
      Position left = found.left().get();
      if (removing.all().isEmpty()) {
        excuse(where, "add-only", "nothing is ever removed from such lists", List.of());
        return;
      }
      Optional<List<Related>> keptOut = removing.keptOut(Contexts.of(program).at(function, left));
      if (keptOut.isPresent()) {
        excuse(
            where,
            "updater-lock",
            "a lock that is held when the section ends keeps removals out",
            keptOut.get());
        return;
      }
      report.finding(finding(where, variable, found, field, removing));
    }

    private void excuse(Position where, String id, String because, List<Related> proof) {
      report.excused(
          new Excused(
              INFO.id(), Location.of(function.file(), where), function.name(), id, because, proof));
    }

    private Finding finding(
        Position where, String variable, Escapees.Found found, FieldRef field, Updaters removing) {
      Position left = found.left().orElseThrow();
      List<Related> story = new ArrayList<>();
      ListUses.Use removal = removing.all().get(0);
      story.add(
          new Related(
              removal.location(),
              removal.function().name() + "() removes nodes with " + removal.api().name() + "()"));
      story.add(
          new Related(
              found.use().location(),
              function.name() + "() finds one with " + found.use().api().name() + "()"));
      story.add(at(left, "the section ends here, and no reference has been taken"));
      Optional<Related> way =
          BareWays.of(program).to(function, endings.getOrDefault(left, Position.UNKNOWN));
      way.ifPresent(story::add);
      story.add(at(where, "it is used here"));
      Optional<Related> doubt =
          way.isPresent()
              ? Optional.of(Doubts.notMeasured(Location.of(function.file(), where)))
              : Optional.of(
                  at(
                      where,
                      "latent only: no way into "
                          + function.name()
                          + "() is known on which surely neither a lock nor an outer section keeps"
                          + " it"));
      doubt.ifPresent(story::add);
      return new Finding(
          INFO.id(),
          Doubts.tier(doubt),
          Location.of(function.file(), where),
          function.name(),
          "'"
              + variable
              + "', found by '"
              + field
              + "', is used after the read-side section with no reference to it",
          story);
    }

    private Related at(Position position, String message) {
      return new Related(Location.of(function.file(), position), message);
    }
  }
}

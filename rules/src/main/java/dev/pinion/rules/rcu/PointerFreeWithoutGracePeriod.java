// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import com.google.auto.service.AutoService;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Frees;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuPointers;
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

/**
 * An object that readers find by an RCU pointer, freed right after the pointer was set to something
 * else.
 *
 * <p>Source: {@code Documentation/RCU/whatisRCU.rst}, "removal" and "reclamation"; {@code
 * Documentation/RCU/checklist.rst}, item 1.
 */
@AutoService(Rule.class)
public final class PointerFreeWithoutGracePeriod implements Rule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "rcu-pointer-free-without-grace-period",
          Tier.LATENT,
          "an RCU pointer is set to something else, and what it had is freed with no grace period"
              + " between",
          PointerExcuses.IDS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public Collection<String> files(Program program) {
    return PointerEffects.of(program).files();
  }

  @Override
  public boolean isCandidate(FunctionRef function, Program program) {
    return PointerEffects.of(program).areIn(function);
  }

  @Override
  public void check(FunctionRef function, Program program, Report report) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<SortedMap<String, Held>> solution =
        Solver.forward(
            body.function().cfg(),
            new PointerLife(program, function, body, PointerEffects.of(program)));
    if (!solution.complete()) {
      return;
    }
    solution.forEach(
        (block, instruction, before) -> {
          if (instruction instanceof Instruction.Call call) {
            before.forEach(
                (name, held) -> {
                  if (held.isReplaced() && isGiven(call, name)) {
                    new Free(program, function, body, call, name, held, solution).judge(report);
                  }
                });
          }
        });
  }

  /** Whether the call gets the variable's content, or something inside of its object. */
  private static boolean isGiven(Instruction.Call call, String variable) {
    return call.arguments().stream()
        .anyMatch(
            a ->
                (a instanceof Value.Load load && load.path().equals(AccessPath.variable(variable)))
                    || (a instanceof Value.AddressOf inside
                        && inside.path().root().equals(variable)));
  }

  /**
   * A call met with an object that its pointer no longer leads to.
   *
   * @param variable what holds it
   */
  private record Free(
      Program program,
      FunctionRef function,
      Contexts.Body body,
      Instruction.Call call,
      String variable,
      Held held,
      Solution<SortedMap<String, Held>> all) {

    private String object() {
      return body.typing().canonical(new Value.Load(AccessPath.variable(variable)))
              instanceof Value.Load load
          ? load.path().toString()
          : variable;
    }

    void judge(Report report) {
      Replaced replaced = held.replaced().orElseThrow();
      if (DeferredFree.defers(program, body.typing(), call, object())) {
        excuse(
            report,
            new Excuse(
                "grace-period",
                call.name() + "() frees after a grace period",
                List.of(replacement(replaced))));
        return;
      }
      Optional<Frees.Chain> how = Frees.of(program).byCall(function, body.typing(), call, object());
      if (how.isEmpty()) {
        return;
      }
      Optional<Excuse> excuse =
          new PointerExcuses(program, function, body, call, held).first(how.get().primitive());
      if (excuse.isPresent()) {
        excuse(report, excuse.get());
      } else {
        report.finding(finding(replaced, how.get()));
      }
    }

    private Finding finding(Replaced replaced, Frees.Chain how) {
      PointerReaders readers = new PointerReaders(program, function, held);
      Optional<PointerReaders.Surest> surest = readers.surest();
      RcuPointers.Reader reader =
          surest.map(PointerReaders.Surest::reader).orElse(readers.live().get(0));
      List<Related> story = new ArrayList<>();
      RcuPointers.of(program)
          .publication(held.pointer(), function)
          .map(
              u ->
                  new Related(
                      u.location(),
                      u.function().name()
                          + "() publishes the object with "
                          + u.api().name()
                          + "()"))
          .ifPresent(story::add);
      surest.flatMap(PointerReaders.Surest::entry).ifPresent(story::add);
      story.add(PointerReaders.line(reader, surest.flatMap(PointerReaders.Surest::entry)));
      story.add(replacement(replaced));
      story.add(
          at(
              call.position(),
              "freed here with no grace period between: such a reader goes on in freed memory"));
      story.addAll(how.steps());
      Optional<Related> doubt =
          new PointerDoubts(program, function, body, call, held)
              .first(surest)
              .or(this::later)
              .or(
                  () ->
                      Optional.of(
                          Doubts.notMeasured(Location.of(function.file(), call.position()))));
      doubt.ifPresent(story::add);
      return new Finding(
          INFO.id(),
          Doubts.tier(doubt),
          Location.of(function.file(), call.position()),
          function.name(),
          "'"
              + (variable.startsWith("%") ? held.place().spelled() : AccessPath.spelled(variable))
              + "' is freed without a grace period after "
              + replaced.api()
              + "() of '"
              + held.pointer()
              + "'",
          story);
    }

    private Related replacement(Replaced replaced) {
      return new Related(
          replaced.location(),
          replaced.by().name()
              + "() sets the pointer with "
              + replaced.api()
              + "(): readers may still be on what it had");
    }

    /** Whoever frees at once on one path only tells two states of the object apart. */
    private Optional<Related> later() {
      List<Related> found = new ArrayList<>();
      Position here = held.replaced().orElseThrow().here();
      all.forEach(
          (block, instruction, before) -> {
            before.forEach(
                (name, state) -> {
                  if (state.replaced().filter(r -> r.here().equals(here)).isPresent()) {
                    leftBy(instruction, name).ifPresent(found::add);
                  }
                });
          });
      return found.stream()
          .findFirst()
          .or(() -> LeftToLater.byCallee(program, function, body.typing(), call, object()));
    }

    /** The line on an instruction that leaves the object to be freed later. */
    private Optional<Related> leftBy(Instruction instruction, String name) {
      if (instruction instanceof Instruction.Call other) {
        return !other.equals(call)
                && isGiven(other, name)
                && LeftToLater.leaves(program, function, body.typing(), other, object())
            ? Optional.of(LeftToLater.line(function, other))
            : Optional.empty();
      }
      Instruction.Assign assign = (Instruction.Assign) instruction;
      return !assign.target().isVariable()
              && assign.value().equals(new Value.Load(AccessPath.variable(name)))
          ? Optional.of(
              at(
                  assign.position(),
                  "latent only: on another path after the same store the object is kept in '"
                      + assign.target().spelled()
                      + "', so that two states of it are told apart"))
          : Optional.empty();
    }

    private void excuse(Report report, Excuse excuse) {
      report.excused(
          excuse.of(INFO, Location.of(function.file(), call.position()), function.name()));
    }

    private Related at(Position position, String message) {
      return new Related(Location.of(function.file(), position), message);
    }
  }
}

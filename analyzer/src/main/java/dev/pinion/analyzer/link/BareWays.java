// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds one way to a call, from where the core calls in or nobody does, on which no lock is held
 * and no read-side section is open: what {@link Contexts} cannot say, as it says what is sure on
 * all ways. What may be held counts as held here, and a way that is not certain is none.
 */
public final class BareWays {
  /** Functions looked at for one answer; reaching it means that none is found. */
  private static final int MAX_FUNCTIONS = 60;

  private final Program program;

  private BareWays(Program program) {
    this.program = program;
  }

  /** The ways of a program. */
  public static BareWays of(Program program) {
    return program.memo(BareWays.class, () -> new BareWays(program));
  }

  /** One line on where such a way to the call at {@code position} begins. */
  public Optional<Related> to(FunctionRef function, Position position) {
    return program.memo(
        List.of("BareWays", function, position), () -> find(function, i -> isCallAt(i, position)));
  }

  private static boolean isCallAt(Instruction instruction, Position position) {
    return instruction instanceof Instruction.Call call && call.position().equals(position);
  }

  private Optional<Related> find(FunctionRef function, Predicate<Instruction> target) {
    if (!isBareAt(function, target)) {
      return Optional.empty();
    }
    Deque<FunctionRef> work = new ArrayDeque<>(List.of(function));
    Set<FunctionRef> seen = new HashSet<>(work);
    while (!work.isEmpty() && seen.size() < MAX_FUNCTIONS) {
      FunctionRef next = work.removeFirst();
      if (!program.facts(next).locks().demands().isEmpty()) {
        continue;
      }
      List<CallGraph.Way> ways = CallGraph.of(program).into(next);
      if (ways.isEmpty()) {
        return Optional.of(
            new Related(
                Location.of(next.file(), program.facts(next).position()),
                "nobody in the tree enters a section or takes a lock for " + next.name() + "()"));
      }
      for (CallGraph.Way way : ways) {
        if (way instanceof CallGraph.Way.Core core && isBare(core)) {
          return Optional.of(entered(next, core));
        }
        Optional<FunctionRef> caller = way.caller().filter(c -> isCertain(way, ways));
        if (caller.isPresent()
            && !seen.contains(caller.get())
            && isBareAt(caller.get(), next, way)) {
          seen.add(caller.get());
          work.add(caller.get());
        }
      }
    }
    return Optional.empty();
  }

  /** Of calls through members only one that is the only one; what a macro does is not known. */
  private static boolean isCertain(CallGraph.Way way, List<CallGraph.Way> all) {
    return !(way instanceof CallGraph.Way.ByMacro)
        && (way.path().isEmpty() || all.stream().filter(w -> w.path().isPresent()).count() == 1);
  }

  /** Whether the core calls with nothing held, while the code lives, and no sibling stays open. */
  private boolean isBare(CallGraph.Way.Core way) {
    Api row = way.row();
    Location nowhere = Location.of(way.escape().file(), Position.UNKNOWN);
    return !row.is("section")
        && !row.is("init")
        && !row.is("exit")
        && !row.is("grace")
        && EntryPoints.of(program).lock(row, way.escape(), nowhere).isEmpty()
        && !siblingStaysOpen(way.escape());
  }

  /**
   * Whether another function of the same table leaves a lock or a section open, as the start of an
   * iteration does for its steps.
   */
  private boolean siblingStaysOpen(OpsTables.Escape escape) {
    if (escape.table().isEmpty()) {
      return false;
    }
    for (FileFacts.GlobalFacts table : program.globals(escape.table(), escape.file())) {
      for (FileFacts.TableEntry entry : table.entries()) {
        Optional<FunctionRef> sibling = program.resolve(entry.symbol(), escape.file());
        if (sibling.isPresent() && staysOpen(sibling.get())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean staysOpen(FunctionRef function) {
    return LockWrappers.of(program).effects(function.name(), function.file()).stream()
        .anyMatch(e -> !e.isEnd());
  }

  private Related entered(FunctionRef function, CallGraph.Way.Core way) {
    return new Related(
        Location.of(function.file(), program.facts(function).position()),
        function.name()
            + "() is entered by way of "
            + way.row().name()
            + (way.row().operation().equals("field") ? "" : "()")
            + ", with no lock and outside of any read-side section");
  }

  private boolean isBareAt(FunctionRef caller, FunctionRef function, CallGraph.Way way) {
    return program.memo(
        List.of("BareWays.at", caller, function, way),
        () -> {
          Contexts.Body body = Contexts.of(program).body(caller);
          return isBareAt(
              caller,
              i -> i instanceof Instruction.Call c && CallSites.isBy(way, function, body, c));
        });
  }

  /** Whether at one of the wanted instructions nothing may be held by what the function does. */
  private boolean isBareAt(FunctionRef function, Predicate<Instruction> wanted) {
    Contexts.Body body = Contexts.of(program).body(function);
    if (program.facts(function).locks().equals(LockFacts.NONE)
        && !LockWrappers.of(program).areCalledIn(function)) {
      return true;
    }
    Solution<LockState> maybe =
        Solver.forward(body.function().cfg(), body.locks().analysis()); // All paths as one.
    List<Boolean> bare = new ArrayList<>();
    if (maybe.complete()) {
      maybe.forEach(
          (block, instruction, state) -> {
            if (wanted.test(instruction)) {
              bare.add(state.maybeHeld().isEmpty() && state.nesting().isEmpty());
            }
          });
    }
    return bare.contains(true);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.dataflow.EveryPath;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.SomePath;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.CallSites;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a wake-up ends what the same call has begun: a count that goes up at the start of a
 * system call and down at its end keeps nobody waiting for what the user does next.
 */
final class InFlight {
  private static final int MAX_LEVELS = 4;

  private final Program program;
  private final Set<FieldRef> counts;
  private final Paths paths;

  private InFlight(Program program, Set<FieldRef> counts, Paths paths) {
    this.program = program;
    this.counts = counts;
    this.paths = paths;
  }

  /** How far a beginning has to be sure. */
  enum Paths {
    EVERY,
    SOME
  }

  /**
   * Where the call counts up that counts down before it wakes; empty if that is not seen on these
   * paths to the wake-up.
   */
  static Optional<List<Related>> before(
      WaitQueues.Use wake, Set<FieldRef> awaited, Paths paths, Program program) {
    return new InFlight(program, awaited, paths)
        .begun(
            wake.function(),
            i ->
                i instanceof Instruction.Call c && c.position().equals(wake.operation().position()),
            MAX_LEVELS);
  }

  private Optional<List<Related>> begun(
      FunctionRef function, Predicate<Instruction> end, int levels) {
    Optional<List<Related>> here = here(function, end);
    if (here.isPresent() || levels == 0) {
      return here;
    }
    Optional<List<CallSites.Site>> sites = CallSites.into(program, function);
    if (sites.isEmpty() || sites.get().isEmpty()) {
      return Optional.empty();
    }
    List<Related> all = new ArrayList<>();
    for (CallSites.Site site : sites.get()) {
      Optional<List<Related>> above = begun(site.caller(), site.call()::equals, levels - 1);
      if (above.isEmpty()) {
        return above;
      }
      all.addAll(above.get());
    }
    return Optional.of(all.stream().distinct().toList());
  }

  private Optional<List<Related>> here(FunctionRef function, Predicate<Instruction> end) {
    Writes writes = Writes.in(program, function, counts);
    List<Related> begins = new ArrayList<>();
    for (BasicBlock block : writes.body().function().cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (begins(function, writes, instruction)) {
          begins.add(
              new Related(
                  Location.of(function.file(), instruction.position()),
                  function.name() + "() begins here what the wake-up ends"));
        }
      }
    }
    if (begins.isEmpty()) {
      return Optional.empty();
    }
    Solution<Boolean> solution = solve(function, writes);
    List<Boolean> atEnd = new ArrayList<>();
    solution.forEach(
        (block, instruction, before) -> {
          if (end.test(instruction)) {
            atEnd.add(before);
          }
        });
    return solution.complete() && !atEnd.isEmpty() && !atEnd.contains(false)
        ? Optional.of(begins)
        : Optional.empty();
  }

  private Solution<Boolean> solve(FunctionRef function, Writes writes) {
    EveryPath every = (instruction, before) -> before || begins(function, writes, instruction);
    SomePath some = (instruction, before) -> before || begins(function, writes, instruction);
    return Solver.forward(writes.body().function().cfg(), paths == Paths.EVERY ? every : some);
  }

  private boolean begins(FunctionRef function, Writes writes, Instruction instruction) {
    if (writes.increments(instruction)) {
      return true;
    }
    if (!(instruction instanceof Instruction.Call call) || call.name().isEmpty()) {
      return false;
    }
    return program.resolve(call.name(), function.file()).filter(this::countsUp).isPresent();
  }

  private boolean countsUp(FunctionRef function) {
    return program.memo(
        List.of("InFlight.countsUp", function, counts),
        () -> {
          boolean counting =
              program.operations(function).stream()
                  .anyMatch(
                      o ->
                          program.model().does(o.api(), "counter", "get", "try-get")
                              || program.model().does(o.api(), "object", "get", "try-get"));
          if (!counting) {
            return false;
          }
          Writes writes = Writes.in(program, function, counts);
          return writes.body().function().cfg().blocks().stream()
              .flatMap(b -> b.instructions().stream())
              .anyMatch(writes::increments);
        });
  }
}

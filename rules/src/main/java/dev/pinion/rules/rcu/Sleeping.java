// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a function comes to something that sleeps. Callees are looked for by facts; bodies are
 * asked for only along a chain that has such a call at its end.
 */
final class Sleeping {
  private static final int MAX_LEVELS = 3;

  private final Program program;
  private final Set<FunctionRef> seen = new HashSet<>();

  private Sleeping(Program program) {
    this.program = program;
  }

  /**
   * Calls that lead from a function to what sleeps.
   *
   * @param primitive the one at the end
   * @param steps the calls, outermost first
   * @param test a function on the way asks whether it may sleep
   * @param doubt why it may not come to it, as the last line of a story
   */
  record Chain(
      String primitive, List<Related> steps, Optional<Related> test, Optional<Related> doubt) {
    Chain {
      steps = List.copyOf(steps);
    }

    /** The chain of one who calls its first function there. */
    Chain behind(Related step, Optional<Related> otherTest, Optional<Related> otherDoubt) {
      List<Related> longer = new ArrayList<>(List.of(step));
      longer.addAll(steps);
      return new Chain(primitive, longer, otherTest.or(() -> test), otherDoubt.or(() -> doubt));
    }
  }

  /** The shortest chain from the function, the first of several; empty if none is seen. */
  static Optional<Chain> in(Program program, FunctionRef function) {
    for (int levels = 0; levels <= MAX_LEVELS; levels++) {
      Optional<Chain> found = new Sleeping(program).find(function, levels);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Chain> find(FunctionRef function, int levels) {
    if (!seen.add(function)) {
      return Optional.empty();
    }
    for (String callee : program.facts(function).callees()) {
      Optional<Api> blocks =
          program.model().find("blocking", callee).filter(a -> a.operation().equals("blocks"));
      Optional<Chain> end =
          blocks.isPresent()
              ? Optional.of(new Chain(callee, List.of(), Optional.empty(), Optional.empty()))
              : levels == 0
                  ? Optional.empty()
                  : program.resolve(callee, function.file()).flatMap(f -> find(f, levels - 1));
      if (end.isPresent()) {
        Optional<Instruction.Call> call =
            Calls.of(program.ir(function), callee).stream()
                .filter(c -> blocks.isEmpty() || mayBlock(blocks.get(), c))
                .findFirst();
        if (call.isPresent()) {
          return Optional.of(
              end.get()
                  .behind(
                      new Related(
                          Location.of(function.file(), call.get().position()),
                          function.name() + "() calls " + callee + "()"),
                      test(function),
                      condition(function, call.get())));
        }
      }
    }
    return Optional.empty();
  }

  /** Whether an allocation is allowed to sleep; other primitives always are. */
  private boolean mayBlock(Api api, Instruction.Call call) {
    int flags = api.argument("gfp");
    return flags < 0
        || (flags < call.arguments().size()
            && call.arguments().get(flags) instanceof Value.Load load
            && program.model().does(load.path().toString(), "blocking", "allows"));
  }

  /** The line of a function that asks in which context it is. */
  private Optional<Related> test(FunctionRef function) {
    return program.facts(function).callees().stream()
        .filter(n -> program.model().does(n, "blocking", "atomic"))
        .findFirst()
        .map(
            n ->
                new Related(
                    Location.of(function.file(), program.facts(function).position()),
                    function.name() + "() asks " + n + "()"));
  }

  /** A test of a state before the call: what it means is not understood. */
  private Optional<Related> condition(FunctionRef function, Instruction.Call call) {
    return SureConditions.before(program.ir(function), call).isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Related(
                Location.of(function.file(), call.position()),
                "latent only: it comes here on a condition only, which may rule callbacks out"));
  }
}

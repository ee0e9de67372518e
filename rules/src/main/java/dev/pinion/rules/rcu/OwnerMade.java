// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.EveryPath;
import dev.pinion.analyzer.dataflow.ReachingDefinitions;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Calls;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the object that has a list is made in the very function that changes the list, or has it
 * changed, so that this is its constructor. It may have been handed to others by then; whether they
 * let readers in already is not known.
 */
final class OwnerMade {
  private static final int MAX_LEVELS = 2;

  private OwnerMade() {}

  /** The line that makes the object which a variable or a member holds at an instruction. */
  static Optional<Related> before(
      Program program, FunctionRef function, AccessPath owner, Instruction at) {
    return (owner.isVariable()
            ? variable(program, function, owner, at)
            : member(program, function, owner, at))
        .map(
            made ->
                new Related(
                    Location.of(function.file(), made.position()),
                    "latent only: the object that has the list is made here, and readers may not"
                        + " have it yet"));
  }

  private static Optional<Instruction> variable(
      Program program, FunctionRef function, AccessPath owner, Instruction at) {
    List<Instruction> sources =
        ReachingDefinitions.of(
            Contexts.of(program).body(function).function().cfg(), owner.root(), at);
    return sources.size() == 1 && makes(program, function, sources.get(0), MAX_LEVELS)
        ? Optional.of(sources.get(0))
        : Optional.empty();
  }

  /** A member that was given a new object on every path, and nothing since. */
  private static Optional<Instruction> member(
      Program program, FunctionRef function, AccessPath owner, Instruction at) {
    Contexts.Body body = Contexts.of(program).body(function);
    Optional<Instruction.Call> making =
        Calls.of(body.function()).stream()
            .filter(c -> gives(c, body, owner) && makes(program, function, c, MAX_LEVELS))
            .findFirst();
    if (making.isEmpty()) {
      return Optional.empty();
    }
    EveryPath made =
        (instruction, before) ->
            (instruction instanceof Instruction.Call c && gives(c, body, owner))
                ? makes(program, function, c, MAX_LEVELS)
                : (before && !changes(instruction, owner));
    List<Boolean> here = new ArrayList<>();
    Solution<Boolean> solution = Solver.forward(body.function().cfg(), made);
    solution.forEach(
        (block, instruction, before) -> {
          if (instruction.equals(at)) {
            here.add(before);
          }
        });
    return solution.complete() && !here.isEmpty() && here.stream().allMatch(b -> b)
        ? Optional.of(making.get())
        : Optional.empty();
  }

  private static boolean gives(Instruction.Call call, Contexts.Body body, AccessPath owner) {
    return call.result()
        .map(r -> body.typing().canonical(new Value.Load(r)))
        .filter(new Value.Load(owner)::equals)
        .isPresent();
  }

  /** Whether the member, or the variable that it is reached by, is assigned. */
  private static boolean changes(Instruction instruction, AccessPath owner) {
    Optional<AccessPath> target =
        instruction instanceof Instruction.Assign assign
            ? Optional.of(assign.target())
            : ((Instruction.Call) instruction).result();
    return target.filter(owner::startsWith).isPresent();
  }

  private static boolean makes(
      Program program, FunctionRef caller, Instruction definition, int levels) {
    if (!(definition instanceof Instruction.Call call)) {
      return false;
    }
    return program.model().does(call.name(), "object", "alloc")
        || (levels > 0
            && program
                .resolve(call.name(), caller.file())
                .filter(f -> returnsNew(program, f, levels - 1))
                .isPresent());
  }

  /** Whether a variable that the function returns somewhere holds an object made there. */
  private static boolean returnsNew(Program program, FunctionRef function, int levels) {
    Contexts.Body body = Contexts.of(program).body(function);
    Function f = body.function();
    for (BasicBlock block : f.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return r
          && r.value().orElse(Value.ZERO) instanceof Value.Load load
          && load.path().isVariable()
          && body.typing()
              .definition(load.path().root())
              .filter(d -> makes(program, function, d, levels))
              .isPresent()) {
        return true;
      }
    }
    return false;
  }
}

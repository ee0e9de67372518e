// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.ReachingDefinitions;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.List;
import java.util.Optional;

/**
 * Whether the object that has a list is made in the very function that removes a node from it, or
 * has it removed, so that this is its constructor. It may have been handed to others by then;
 * whether they let readers in already is not known.
 */
final class OwnerMade {
  private static final int MAX_LEVELS = 2;

  private OwnerMade() {}

  /** The line that makes the object which a variable holds at an instruction. */
  static Optional<Related> before(
      Program program, FunctionRef function, AccessPath owner, Instruction at) {
    if (!owner.isVariable()) {
      return Optional.empty();
    }
    List<Instruction> sources =
        ReachingDefinitions.of(
            Contexts.of(program).body(function).function().cfg(), owner.root(), at);
    return sources.size() == 1 && makes(program, function, sources.get(0), MAX_LEVELS)
        ? Optional.of(
            new Related(
                Location.of(function.file(), sources.get(0).position()),
                "latent only: the object that has the list is made here, and readers may not"
                    + " have it yet"))
        : Optional.empty();
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

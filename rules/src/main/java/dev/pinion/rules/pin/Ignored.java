// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;

/** Whether nobody looks at the result of a call. */
final class Ignored {
  private Ignored() {}

  /** Discarded, or put into a variable that is never read. */
  static boolean is(Instruction.Call call, Function body) {
    if (call.result().isEmpty()) {
      return true;
    }
    AccessPath result = call.result().get();
    // A temporary is looked at by a macro such as WARN_ON() that leaves nothing behind.
    if (!result.isVariable()
        || body.variable(result.root()).filter(v -> v.kind() == Variable.Kind.LOCAL).isEmpty()) {
      return false;
    }
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (reads(instruction, result.root())) {
          return false;
        }
      }
      if (reads(block.terminator(), result.root())) {
        return false;
      }
    }
    return true;
  }

  private static boolean reads(Instruction instruction, String variable) {
    if (instruction instanceof Instruction.Assign assign) {
      return mentions(assign.value(), variable)
          || (assign.target().root().equals(variable) && !assign.target().isVariable());
    }
    Instruction.Call call = (Instruction.Call) instruction;
    return call.arguments().stream().anyMatch(a -> mentions(a, variable))
        || (call.callee() instanceof Instruction.Callee.Indirect through
            && through.path().root().equals(variable));
  }

  private static boolean reads(Terminator terminator, String variable) {
    if (terminator instanceof Terminator.Branch branch) {
      return mentions(branch.condition().left(), variable)
          || mentions(branch.condition().right(), variable);
    }
    if (terminator instanceof Terminator.Switch choice) {
      return mentions(choice.value(), variable);
    }
    return terminator instanceof Terminator.Return leave
        && leave.value().filter(v -> mentions(v, variable)).isPresent();
  }

  private static boolean mentions(Value value, String variable) {
    if (value instanceof Value.Load load) {
      return load.path().root().equals(variable);
    }
    if (value instanceof Value.AddressOf address) {
      return address.path().root().equals(variable);
    }
    if (value instanceof Value.ContainerOf entry) {
      return mentions(entry.inner(), variable);
    }
    return value instanceof Value.Compound compound
        && compound.operands().stream().anyMatch(o -> mentions(o, variable));
  }
}

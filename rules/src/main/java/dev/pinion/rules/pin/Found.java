// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Acquisitions;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;

/** What a function finds without a reference: walks, and functions that take none, give it. */
record Found(Program program, FunctionRef function, Function body) {
  /** Whether a variable never holds anything else. */
  boolean isOnly(AccessPath variable) {
    boolean found = false;
    for (BasicBlock block : body.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign) {
          if (assign.target().equals(variable) && !assign.value().equals(Value.ZERO)) {
            return false;
          }
        } else if (((Instruction.Call) instruction).result().filter(variable::equals).isPresent()) {
          if (!isFind((Instruction.Call) instruction)) {
            return false;
          }
          found = true;
        }
      }
    }
    return found;
  }

  private boolean isFind(Instruction.Call call) {
    return call.kind() == Instruction.CallKind.ITERATOR
        || (!call.name().isEmpty()
            && program
                .resolve(call.name(), function.file())
                .filter(f -> program.facts(f).returnType().isPointer())
                .isPresent()
            && Acquisitions.of(program).acquires(call.name(), function.file())
                == Acquisitions.Acquisition.NO);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** The places that a block reads. */
final class Paths {
  private Paths() {}

  /** Every place whose content the block reads or calls, in order. */
  static List<AccessPath> read(BasicBlock block) {
    List<AccessPath> all = new ArrayList<>();
    for (Instruction instruction : block.instructions()) {
      if (instruction instanceof Instruction.Assign assign) {
        add(assign.value(), all);
      } else if (instruction instanceof Instruction.Call call) {
        call.arguments().forEach(a -> add(a, all));
        if (call.callee() instanceof Instruction.Callee.Indirect through) {
          all.add(through.path());
        }
      }
    }
    all.addAll(tested(block));
    if (block.terminator() instanceof Terminator.Return leave) {
      leave.value().ifPresent(v -> add(v, all));
    }
    return all;
  }

  /** Every place that the block's branch tests. */
  static List<AccessPath> tested(BasicBlock block) {
    List<AccessPath> all = new ArrayList<>();
    if (block.terminator() instanceof Terminator.Branch branch) {
      add(branch.condition().left(), all);
      add(branch.condition().right(), all);
    } else if (block.terminator() instanceof Terminator.Switch choice) {
      add(choice.value(), all);
    }
    return all;
  }

  private static void add(Value value, List<AccessPath> into) {
    if (value instanceof Value.Load load) {
      into.add(load.path());
    } else if (value instanceof Value.Compound compound) {
      compound.operands().forEach(o -> add(o, into));
    } else if (value instanceof Value.ContainerOf entry) {
      add(entry.inner(), into);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;

/**
 * Whether a removal is in a loop that takes every node off: no way leads round the loop without
 * passing it. Lists are emptied like that when what they hang on goes; whether a reader is left
 * then is a question of lifetimes, which this rule does not answer.
 */
final class Drain {
  private Drain() {}

  static boolean isWhole(Removal removal) {
    Cfg cfg = removal.function().cfg();
    Solution<Boolean> passed = Solver.forward(cfg, new Passed(removal));
    boolean inLoop = false;
    for (BasicBlock block : cfg.blocks()) {
      for (int successor : block.terminator().successors()) {
        boolean back = successor <= block.id();
        if (!back || !reaches(cfg, successor, removal)) {
          continue;
        }
        if (!passed.exit(block.id()).orElse(false)) {
          return false;
        }
        inLoop = true;
      }
    }
    return inLoop && passed.complete();
  }

  /** Whether the loop that starts at a block may contain the removal. */
  private static boolean reaches(Cfg cfg, int head, Removal removal) {
    for (BasicBlock block : cfg.blocks()) {
      if (block.id() >= head && block.instructions().contains(removal.call())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the removal was passed since the node was last chosen. */
  private record Passed(Removal removal) implements Analysis<Boolean> {
    @Override
    public Boolean entry() {
      return false;
    }

    @Override
    public Boolean join(Boolean left, Boolean right) {
      return left && right;
    }

    @Override
    public Boolean after(Instruction instruction, Boolean before) {
      if (instruction.equals(removal.call())) {
        return true;
      }
      String cursor = removal.node().root();
      boolean chosen =
          instruction instanceof Instruction.Assign assign
              ? assign.target().isVariable() && assign.target().root().equals(cursor)
              : ((Instruction.Call) instruction)
                  .result()
                  .filter(r -> r.isVariable() && r.root().equals(cursor))
                  .isPresent();
      return before && !chosen;
    }
  }
}

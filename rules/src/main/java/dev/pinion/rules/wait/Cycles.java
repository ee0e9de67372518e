// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which parts of a function come after others, and which may come again. */
final class Cycles {
  private Cycles() {}

  /** The blocks that may run after a block; the block itself is among them if it is in a loop. */
  static Set<Integer> after(Cfg cfg, int block) {
    Set<Integer> seen = new TreeSet<>();
    Deque<Integer> work = new ArrayDeque<>(cfg.block(block).terminator().successors());
    while (!work.isEmpty()) {
      int next = work.removeFirst();
      if (seen.add(next)) {
        work.addAll(cfg.block(next).terminator().successors());
      }
    }
    return seen;
  }

  /** Whether the instruction stands in a loop. */
  static boolean contain(Function function, Instruction instruction) {
    return blocksOf(function, instruction).stream()
        .anyMatch(b -> after(function.cfg(), b).contains(b));
  }

  /** The blocks that an instruction stands in: one, unless its text was taken twice. */
  static List<Integer> blocksOf(Function function, Instruction instruction) {
    List<Integer> blocks = new ArrayList<>();
    for (BasicBlock block : function.cfg().blocks()) {
      if (block.instructions().contains(instruction)) {
        blocks.add(block.id());
      }
    }
    return blocks;
  }
}

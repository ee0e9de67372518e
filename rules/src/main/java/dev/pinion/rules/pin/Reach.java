// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Where paths lead, whatever they know. */
final class Reach {
  private Reach() {}

  /** The blocks that can be reached from one, itself among them. */
  static Set<Integer> from(Function body, int block) {
    Set<Integer> seen = new HashSet<>(Set.of(block));
    Deque<Integer> work = new ArrayDeque<>(seen);
    while (!work.isEmpty()) {
      for (int next : body.cfg().block(work.removeFirst()).terminator().successors()) {
        if (seen.add(next)) {
          work.add(next);
        }
      }
    }
    return seen;
  }

  /** The block that an instruction stands in. */
  static BasicBlock block(Function body, Instruction instruction) {
    return body.cfg().blocks().stream()
        .filter(b -> b.instructions().contains(instruction))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a path leads from one instruction to another. */
  static boolean leads(Function body, Instruction from, Instruction to) {
    BasicBlock start = block(body, from);
    BasicBlock end = block(body, to);
    if (start.id() == end.id()
        && start.instructions().indexOf(from) < start.instructions().indexOf(to)) {
      return true;
    }
    return start.terminator().successors().stream()
        .anyMatch(next -> from(body, next).contains(end.id()));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import java.util.List;
import java.util.Optional;

/**
 * A solved problem: what holds where.
 *
 * @param complete whether a fixed point was reached; if not, a limit was hit and nothing may be
 *     concluded from the states
 */
public record Solution<S>(
    Cfg cfg, Analysis<S> analysis, List<Optional<S>> entries, boolean complete) {
  /** Told of every instruction with the state before it. */
  public interface Visitor<S> {
    void visit(BasicBlock block, Instruction instruction, S before);
  }

  public Solution {
    entries = List.copyOf(entries);
  }

  /** What holds on entry to a block; empty if no path reaches it. */
  public Optional<S> entry(int block) {
    return entries.get(block);
  }

  /** What holds at the end of a block, before its terminator. */
  public Optional<S> exit(int block) {
    return entry(block)
        .map(
            s -> {
              S state = s;
              for (Instruction instruction : cfg.block(block).instructions()) {
                state = analysis.after(instruction, state);
              }
              return state;
            });
  }

  /** Walks all reachable instructions in block order. */
  public void forEach(Visitor<S> visitor) {
    for (BasicBlock block : cfg.blocks()) {
      Optional<S> entry = entry(block.id());
      if (entry.isEmpty()) {
        continue;
      }
      S state = entry.get();
      for (Instruction instruction : block.instructions()) {
        visitor.visit(block, instruction, state);
        state = analysis.after(instruction, state);
      }
    }
  }
}

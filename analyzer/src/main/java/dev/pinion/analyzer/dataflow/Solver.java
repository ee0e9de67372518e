// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The work-list algorithm (Kildall 1973), blocks in reverse postorder: a few passes for reducible
 * code.
 */
public final class Solver {
  /** Visits of blocks per block of the function before we give up. */
  private static final int VISITS_PER_BLOCK = 64;

  private Solver() {}

  /** Solves a forward problem. Never fails: hitting the limit is told in the solution. */
  public static <S> Solution<S> forward(Cfg cfg, Analysis<S> analysis) {
    List<Optional<S>> entries = new ArrayList<>();
    for (int i = 0; i < cfg.blocks().size(); i++) {
      entries.add(Optional.empty());
    }
    entries.set(0, Optional.of(analysis.entry()));
    BitSet work = new BitSet();
    work.set(0);
    long budget = (long) VISITS_PER_BLOCK * cfg.blocks().size();
    while (!work.isEmpty() && budget-- > 0) {
      BasicBlock block = cfg.block(work.nextSetBit(0));
      work.clear(block.id());
      S out = entries.get(block.id()).orElseThrow();
      for (Instruction instruction : block.instructions()) {
        out = analysis.after(instruction, out);
      }
      for (int successor : block.terminator().successors()) {
        S arriving = analysis.along(block.terminator(), successor, out);
        Optional<S> known = entries.get(successor);
        S joined = known.isEmpty() ? arriving : analysis.join(known.get(), arriving);
        if (known.isEmpty() || !known.get().equals(joined)) {
          entries.set(successor, Optional.of(joined));
          work.set(successor);
        }
      }
    }
    return new Solution<>(cfg, analysis, entries, work.isEmpty());
  }
}

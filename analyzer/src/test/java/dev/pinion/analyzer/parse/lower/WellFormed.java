// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction.Call;
import dev.pinion.analyzer.ir.Instruction.CallKind;
import dev.pinion.analyzer.ir.Terminator;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What every graph promises; see {@link Cfg}. */
final class WellFormed {
  private WellFormed() {}

  /** The first broken promise of a function, if any. */
  static Optional<String> violation(Function f) {
    List<BasicBlock> blocks = f.cfg().blocks();
    if (blocks.isEmpty()) {
      return Optional.of("no blocks");
    }
    Set<String> names = new HashSet<>();
    if (!f.variables().stream().allMatch(v -> names.add(v.name()))) {
      return Optional.of("two variables of one name");
    }
    for (int i = 0; i < blocks.size(); i++) {
      Optional<String> bad = block(blocks, i);
      if (bad.isPresent()) {
        return bad.map(text -> "b" + blocks.indexOf(blocks.get(0)) + ": " + text);
      }
    }
    return order(f.cfg());
  }

  private static Optional<String> block(List<BasicBlock> blocks, int index) {
    BasicBlock block = blocks.get(index);
    Terminator end = block.terminator();
    List<Integer> next = end.successors();
    if (block.id() != index) {
      return Optional.of("block " + block.id() + " stands at " + index);
    }
    if (next.stream().anyMatch(s -> s < 0 || s >= blocks.size())) {
      return Optional.of("b" + index + " leads nowhere");
    }
    if (new HashSet<>(next).size() != next.size()) {
      return Optional.of("b" + index + " repeats a successor");
    }
    if (next.size() == 1 && !(end instanceof Terminator.Jump)) {
      return Optional.of("b" + index + " chooses among one");
    }
    boolean loops = next.equals(List.of(index));
    if (end instanceof Terminator.Jump && block.instructions().isEmpty() && !loops) {
      return Optional.of("b" + index + " is empty");
    }
    int size = block.instructions().size();
    boolean asksIterator =
        size > 0
            && block.instructions().get(size - 1) instanceof Call call
            && call.kind() == CallKind.ITERATOR;
    if (end instanceof Terminator.Iterate && !asksIterator) {
      return Optional.of("b" + index + " iterates without an iterator");
    }
    return Optional.empty();
  }

  /** Reachability, maximal blocks, and reverse postorder by its defining property. */
  private static Optional<String> order(Cfg cfg) {
    int n = cfg.blocks().size();
    BitSet seen = new BitSet(n);
    Deque<Integer> work = new ArrayDeque<>(List.of(0));
    seen.set(0);
    while (!work.isEmpty()) {
      for (int next : cfg.block(work.pop()).terminator().successors()) {
        if (!seen.get(next)) {
          seen.set(next);
          work.push(next);
        }
      }
    }
    if (seen.cardinality() != n) {
      return Optional.of("b" + seen.nextClearBit(0) + " is unreachable");
    }
    List<List<Integer>> into = cfg.predecessors();
    for (int i = 1; i < n; i++) {
      int self = i;
      if (into.get(i).stream().noneMatch(p -> p < self)) {
        return Optional.of("b" + i + " comes before all its predecessors");
      }
      boolean chained =
          into.get(i).size() == 1
              && cfg.block(into.get(i).get(0)).terminator() instanceof Terminator.Jump;
      if (chained) {
        return Optional.of("b" + i + " belongs to its only predecessor");
      }
    }
    return Optional.empty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From where a call surely comes, on whichever way, with a variable as it was. A call that stands
 * behind further tests does not: they may well know better.
 */
final class SureWay {
  private final Cfg cfg;
  private final BasicBlock target;
  private final AccessPath variable;
  private final boolean isTouched;
  private final Set<Integer> sure;

  /**
   * @param variable what must be neither assigned nor gone through on the way
   */
  SureWay(Cfg cfg, Instruction.Call call, AccessPath variable) {
    this.cfg = cfg;
    this.variable = variable;
    this.target = cfg.of(call).get(0);
    int end = target.instructions().indexOf(call);
    this.isTouched =
        target.instructions().subList(0, end).stream().anyMatch(i -> touches(i, variable));
    this.sure = surelyLeadTo(target.id());
  }

  /** Whether the call surely comes after that block is entered. */
  boolean leadsFrom(int block) {
    return !isTouched && sure.contains(block) && !isTouchedBetween(block);
  }

  /** Whether an instruction assigns the variable, or goes through it: then it was no NULL. */
  private static boolean touches(Instruction instruction, AccessPath variable) {
    Optional<AccessPath> target =
        instruction instanceof Instruction.Assign assign
            ? Optional.of(assign.target())
            : ((Instruction.Call) instruction).result();
    List<Value> read =
        instruction instanceof Instruction.Assign assign
            ? List.of(assign.value())
            : ((Instruction.Call) instruction).arguments();
    return target.filter(t -> t.equals(variable) || Pointers.goesThrough(t, variable)).isPresent()
        || read.stream().anyMatch(v -> Pointers.goesThrough(v, variable));
  }

  private boolean isTouchedBetween(int from) {
    Deque<Integer> work = new ArrayDeque<>();
    Set<Integer> seen = new HashSet<>();
    if (from != target.id()) {
      work.add(from);
    }
    while (!work.isEmpty()) {
      BasicBlock block = cfg.block(work.removeFirst());
      if (block.instructions().stream().anyMatch(i -> touches(i, variable))) {
        return true;
      }
      for (int next : block.terminator().successors()) {
        if (next != target.id() && seen.add(next)) {
          work.add(next);
        }
      }
    }
    return false;
  }

  /** The blocks from which every way leads to that one. */
  private Set<Integer> surelyLeadTo(int target) {
    Set<Integer> sure = new HashSet<>(Set.of(target));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (int id = cfg.blocks().size() - 1; id >= 0; id--) {
        BasicBlock block = cfg.block(id);
        if (!sure.contains(id)
            && !block.terminator().successors().isEmpty()
            && sure.containsAll(block.terminator().successors())) {
          sure.add(id);
          grows = true;
        }
      }
    }
    return sure;
  }
}

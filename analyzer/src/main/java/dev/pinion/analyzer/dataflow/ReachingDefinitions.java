// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Instruction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which assignments of one variable may be the last before an instruction. */
public final class ReachingDefinitions implements Analysis<Set<Instruction>> {
  private final String variable;

  private ReachingDefinitions(String variable) {
    this.variable = variable;
  }

  /** The assignments, in block order; empty for a variable that is not assigned on any path. */
  public static List<Instruction> of(Cfg cfg, String variable, Instruction at) {
    Set<Instruction> found = new LinkedHashSet<>();
    Solver.forward(cfg, new ReachingDefinitions(variable))
        .forEach(
            (block, instruction, before) -> {
              if (instruction.equals(at)) {
                found.addAll(before);
              }
            });
    return List.copyOf(found);
  }

  @Override
  public Set<Instruction> entry() {
    return Set.of();
  }

  @Override
  public Set<Instruction> join(Set<Instruction> left, Set<Instruction> right) {
    if (left.containsAll(right)) {
      return left;
    }
    Set<Instruction> all = new LinkedHashSet<>(left);
    all.addAll(right);
    return all;
  }

  @Override
  public Set<Instruction> after(Instruction instruction, Set<Instruction> before) {
    boolean assigns =
        instruction instanceof Instruction.Assign assign
            ? assign.target().isVariable() && assign.target().root().equals(variable)
            : ((Instruction.Call) instruction)
                .result()
                .filter(r -> r.isVariable() && r.root().equals(variable))
                .isPresent();
    return assigns ? Set.of(instruction) : before;
  }
}

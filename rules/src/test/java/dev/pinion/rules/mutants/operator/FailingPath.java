// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Cfg;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a function surely fails once it has come to some instruction. */
final class FailingPath {
  private static final Set<String> ERRORS = Set.of("ERR_PTR", "ERR_CAST", "PTR_ERR", "-");

  private final Cfg cfg;
  private final List<List<Integer>> before;

  FailingPath(Cfg cfg) {
    this.cfg = cfg;
    this.before = cfg.predecessors();
  }

  /** Whether each return that it leads to gives an error back, as far as the body shows it. */
  boolean isAt(Instruction instruction) {
    List<BasicBlock> blocks = cfg.of(instruction);
    if (blocks.size() != 1) {
      return false;
    }
    Set<Integer> ends = new HashSet<>(cfg.after(blocks.get(0).id()));
    ends.add(blocks.get(0).id());
    boolean any = false;
    for (int id : ends) {
      if (cfg.block(id).terminator() instanceof Terminator.Return leave) {
        if (!leave.value().filter(v -> fails(v, blocks.get(0))).isPresent()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  private boolean fails(Value value, BasicBlock from) {
    if (!(value instanceof Value.Load load) || !load.path().isVariable()) {
      return isError(value);
    }
    return isSetAfter(load.path(), from) || isKnownAt(load.path(), from, new HashSet<>());
  }

  private static boolean isError(Value value) {
    return value instanceof Value.Constant constant
        ? constant.value() < 0
        : value instanceof Value.Compound compound && ERRORS.contains(compound.operator());
  }

  /** Whether the straight way on sets it to an error: {@code put(p); ret = -EINVAL; goto out}. */
  private boolean isSetAfter(AccessPath variable, BasicBlock from) {
    BasicBlock block = from;
    for (int i = 0; i < cfg.blocks().size(); i++) {
      if (isError(block, variable).filter(e -> e).isPresent()) {
        return true;
      }
      List<Integer> next = block.terminator().successors();
      if (next.size() != 1 || before.get(next.get(0)).size() != 1) {
        return false;
      }
      block = cfg.block(next.get(0));
    }
    return false;
  }

  /** What the last assignment in a block makes of a variable; empty if there is none. */
  private static Optional<Boolean> isError(BasicBlock block, AccessPath variable) {
    Optional<Boolean> last = Optional.empty();
    for (Instruction instruction : block.instructions()) {
      if (instruction instanceof Instruction.Assign assign && assign.target().equals(variable)) {
        last = Optional.of(isError(assign.value()));
      } else if (instruction instanceof Instruction.Call call
          && call.result().filter(variable::equals).isPresent()) {
        last = Optional.of(false);
      }
    }
    return last;
  }

  /** Whether it is an error on every way to a block. */
  private boolean isKnownAt(AccessPath variable, BasicBlock block, Set<Integer> seen) {
    Optional<Boolean> here = isError(block, variable);
    if (here.isPresent() || !seen.add(block.id())) {
      return here.orElse(true);
    }
    List<Integer> ways = before.get(block.id());
    return !ways.isEmpty()
        && ways.stream()
            .map(cfg::block)
            .allMatch(b -> isTested(b, block.id(), variable) || isKnownAt(variable, b, seen));
  }

  private static boolean isTested(BasicBlock from, int to, AccessPath variable) {
    if (!(from.terminator() instanceof Terminator.Branch branch)
        || branch.ifTrue() == branch.ifFalse()) {
      return false;
    }
    Condition known = branch.ifTrue() == to ? branch.condition() : branch.condition().negated();
    boolean isIt =
        known.left() instanceof Value.Load load
            && load.path().equals(variable)
            && known.right().equals(Value.ZERO);
    return isIt
        && (known.operator() == Condition.Operator.NE || known.operator() == Condition.Operator.LT);
  }
}

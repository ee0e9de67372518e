// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.dataflow.LockState.Pending.When;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which returns of a function may give zero, and which something else: by constants and by tests of
 * the variable that is returned.
 */
final class ReturnedZero {
  private final Solution<Map<String, When>> variables;

  private ReturnedZero(Solution<Map<String, When>> variables) {
    this.variables = variables;
  }

  static ReturnedZero of(Function function) {
    return new ReturnedZero(Solver.forward(function.cfg(), new Outcomes()));
  }

  /** Whether that return, the end of {@code block}, may have that outcome. */
  boolean may(BasicBlock block, Terminator.Return end, When outcome) {
    if (end.value().isEmpty()) {
      return true;
    }
    Optional<When> known =
        variables.complete()
            ? variables.exit(block.id()).flatMap(s -> outcome(end.value().get(), s))
            : Optional.empty();
    return known.isEmpty() || known.get() == outcome;
  }

  private static Optional<When> outcome(Value value, Map<String, When> known) {
    if (value instanceof Value.Constant constant) {
      return Optional.of(constant.value() == 0 ? When.ZERO : When.NON_ZERO);
    }
    if (value instanceof Value.Compound compound
        && (compound.operator().equals("ERR_PTR") || compound.operator().equals("-"))
        && compound.operands().size() == 1) {
      return Optional.of(When.NON_ZERO); // an error's number
    }
    return value instanceof Value.Load load
        ? Optional.ofNullable(known.get(load.path().toString()))
        : Optional.empty();
  }

  /** What is known of variables: the outcome a test or an assigned constant tells. */
  private static final class Outcomes implements Analysis<Map<String, When>> {
    @Override
    public Map<String, When> entry() {
      return Map.of();
    }

    @Override
    public Map<String, When> join(Map<String, When> left, Map<String, When> right) {
      Map<String, When> both = new HashMap<>(left);
      both.entrySet().retainAll(right.entrySet());
      return both;
    }

    @Override
    public Map<String, When> after(Instruction instruction, Map<String, When> before) {
      if (instruction instanceof Instruction.Assign assign) {
        return with(assign.target(), outcome(assign.value(), before), before);
      }
      return ((Instruction.Call) instruction)
          .result()
          .map(r -> with(r, Optional.empty(), before))
          .orElse(before);
    }

    @Override
    public Map<String, When> along(Terminator terminator, int successor, Map<String, When> before) {
      if (!(terminator instanceof Terminator.Branch branch)
          || branch.ifTrue() == branch.ifFalse()
          || !(branch.condition().left() instanceof Value.Load load)
          || !branch.condition().right().equals(Value.ZERO)) {
        return before;
      }
      Condition.Operator operator = branch.condition().operator();
      boolean holds = successor == branch.ifTrue();
      Optional<When> learned =
          switch (operator) {
            case EQ -> Optional.of(holds ? When.ZERO : When.NON_ZERO);
            case NE -> Optional.of(holds ? When.NON_ZERO : When.ZERO);
            case LT, GT -> holds ? Optional.of(When.NON_ZERO) : Optional.empty();
            case LE, GE -> holds ? Optional.empty() : Optional.of(When.NON_ZERO);
          };
      return learned.isEmpty() ? before : with(load.path(), learned, before);
    }

    private static Map<String, When> with(
        AccessPath path, Optional<When> outcome, Map<String, When> before) {
      if (!path.isVariable()) {
        return before;
      }
      Map<String, When> next = new HashMap<>(before);
      next.remove(path.root());
      outcome.ifPresent(o -> next.put(path.root(), o));
      return next;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.Optional;

/**
 * Whether a variable surely points to nothing: on all paths it was set to NULL or an error, or
 * tested to be so.
 */
record Emptiness(AccessPath variable) implements Analysis<Emptiness.Content> {
  /** What it holds. */
  enum Content {
    NULL,
    ERROR,
    /** Anything. */
    UNKNOWN
  }

  @Override
  public Content entry() {
    return Content.UNKNOWN;
  }

  @Override
  public Content join(Content left, Content right) {
    return left == right ? left : Content.UNKNOWN;
  }

  @Override
  public Content after(Instruction instruction, Content before) {
    if (instruction instanceof Instruction.Assign assign) {
      return assign.target().equals(variable) ? of(assign.value()) : before;
    }
    Instruction.Call call = (Instruction.Call) instruction;
    boolean changed =
        call.result().filter(variable::equals).isPresent()
            || call.arguments().stream()
                .anyMatch(
                    a -> a instanceof Value.AddressOf address && address.path().equals(variable));
    return changed ? Content.UNKNOWN : before;
  }

  private static Content of(Value value) {
    if (value.equals(Value.ZERO)) {
      return Content.NULL;
    }
    return value instanceof Value.Compound compound && compound.operator().equals("ERR_PTR")
        ? Content.ERROR
        : Content.UNKNOWN;
  }

  @Override
  public Content along(Terminator terminator, int successor, Content state) {
    return terminator instanceof Terminator.Branch branch && branch.ifTrue() != branch.ifFalse()
        ? learned(successor == branch.ifTrue() ? branch.condition() : branch.condition().negated())
            .orElse(state)
        : state;
  }

  /** What a condition that holds tells of the variable. */
  private Optional<Content> learned(Condition condition) {
    if (!condition.right().equals(Value.ZERO)) {
      return Optional.empty();
    }
    if (isVariable(condition.left())) {
      return switch (condition.operator()) {
        case EQ -> Optional.of(Content.NULL);
        case NE -> Optional.of(Content.UNKNOWN);
        default -> Optional.empty();
      };
    }
    if (condition.left() instanceof Value.Compound test
        && test.operands().size() == 1
        && isVariable(test.operands().get(0))
        && (test.operator().equals("IS_ERR") || test.operator().equals("IS_ERR_OR_NULL"))) {
      return Optional.of(
          condition.operator() == Condition.Operator.NE && test.operator().equals("IS_ERR")
              ? Content.ERROR
              : Content.UNKNOWN);
    }
    return Optional.empty();
  }

  private boolean isVariable(Value value) {
    return value instanceof Value.Load load && load.path().equals(variable);
  }
}

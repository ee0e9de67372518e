// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Condition.Operator;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Shown;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.Optional;

/** What must hold for a branch to be taken, as one would write it in C. */
public final class ConditionText {
  /** What only the whole program knows. */
  public interface Names {
    /** A call by name, as a reader knows it. */
    default String call(Instruction.Call call) {
      return call.name() + "()";
    }

    /**
     * Whether a value is a pointer.
     *
     * @param definedBy the call that it is the result of
     */
    boolean isPointer(Value value, Optional<Instruction.Call> definedBy);
  }

  /** How many temporaries are looked through. */
  private static final int MAX_LEVELS = 4;

  private final Typing typing;
  private final Names names;

  public ConditionText(Typing typing, Names names) {
    this.typing = typing;
    this.names = names;
  }

  /** For going from the end of a block to that successor; empty if there is no choice. */
  public Optional<String> of(Terminator terminator, int successor) {
    if (terminator instanceof Terminator.Branch branch && branch.ifTrue() != branch.ifFalse()) {
      return Optional.of(
          of(successor == branch.ifTrue() ? branch.condition() : branch.condition().negated()));
    }
    if (terminator instanceof Terminator.Switch choice) {
      return Optional.of(text(choice.value()) + " is of a certain case");
    }
    return terminator instanceof Terminator.Iterate iterate
        ? Optional.of(
            successor == iterate.body() ? "the loop goes on" : "the loop comes to its end")
        : Optional.empty();
  }

  private String of(Condition condition) {
    Value left = inner(condition.left(), MAX_LEVELS);
    Operator operator = condition.operator();
    boolean truth =
        condition.right().equals(Value.ZERO)
            && (operator == Operator.EQ || operator == Operator.NE);
    if (truth && left instanceof Value.Compound test) {
      String text = text(test);
      boolean plain = test.operands().size() != 2;
      return operator == Operator.NE ? text : "!" + (plain ? text : "(" + text + ")");
    }
    String right =
        truth && isPointer(condition.left()) ? "NULL" : text(inner(condition.right(), MAX_LEVELS));
    return text(condition.left()) + " " + operator + " " + right;
  }

  /** What a temporary stands for; a call stays behind its temporary. */
  private Value inner(Value value, int levels) {
    return levels > 0 && definition(value).orElse(null) instanceof Instruction.Assign assign
        ? inner(assign.value(), levels - 1)
        : value;
  }

  private Optional<Instruction> definition(Value value) {
    return value instanceof Value.Load load && load.path().isVariable() && load.path().isTemporary()
        ? typing.definition(load.path().root())
        : Optional.empty();
  }

  private String text(Value value) {
    Value inner = inner(value, MAX_LEVELS);
    if (definition(inner).orElse(null) instanceof Instruction.Call call) {
      return call(call);
    }
    if (inner instanceof Value.Compound compound && compound.operands().size() == 1) {
      String operand = text(compound.operands().get(0));
      boolean named = Character.isLetter(compound.operator().charAt(0));
      return compound.operator() + (named ? "(" + operand + ")" : operand);
    }
    return Shown.value(inner);
  }

  private String call(Instruction.Call call) {
    return call.callee() instanceof Instruction.Callee.Indirect indirect
        ? Shown.path(called(indirect.path())) + "()"
        : names.call(call);
  }

  /** {@code (*fn)(x)} is the same as {@code fn(x)}. */
  private static AccessPath called(AccessPath path) {
    AccessPath pointer = path;
    while (!pointer.isVariable()
        && pointer.steps().get(pointer.steps().size() - 1)
            instanceof dev.pinion.analyzer.ir.Step.Deref) {
      pointer = pointer.parent();
    }
    return pointer;
  }

  private boolean isPointer(Value value) {
    Value inner = inner(value, MAX_LEVELS);
    return inner instanceof Value.Load
        && names.isPointer(
            inner,
            definition(inner).orElse(null) instanceof Instruction.Call call
                ? Optional.of(call)
                : Optional.empty());
  }
}

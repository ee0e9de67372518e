// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Condition.Operator;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Learns from branches: which paths cannot be taken, and what those that can know afterwards. */
public final class Branches {
  private Branches() {}

  /** The path after a branch has gone to {@code successor}; empty if it cannot go there. */
  public static Optional<PathFacts> along(Terminator terminator, int successor, PathFacts before) {
    if (terminator instanceof Terminator.Branch branch && branch.ifTrue() != branch.ifFalse()) {
      boolean holds = successor == branch.ifTrue();
      return learn(holds ? branch.condition() : branch.condition().negated(), before);
    }
    if (terminator instanceof Terminator.Switch choice) {
      return alongSwitch(choice, successor, before);
    }
    return Optional.of(before);
  }

  /** The value that a branch tests, if it is one value against a constant. */
  public static Optional<Value> tested(Condition condition) {
    if (condition.left() instanceof Value.Compound compound && compound.operands().size() == 1) {
      return Optional.of(compound.operands().get(0));
    }
    return Optional.of(condition.left());
  }

  private static Optional<PathFacts> alongSwitch(
      Terminator.Switch choice, int successor, PathFacts before) {
    List<Terminator.Case> here =
        choice.cases().stream().filter(c -> c.target() == successor).toList();
    String value = before.value(choice.value());
    if (here.size() == 1 && successor != choice.otherwise()) {
      OptionalLong constant = here.get(0).constant();
      return constant.isPresent()
          ? require(value, Known.number(constant.getAsLong()), before)
          : Optional.of(before);
    }
    if (here.isEmpty()) {
      Optional<PathFacts> facts = Optional.of(before);
      for (Terminator.Case other : choice.cases()) {
        if (other.constant().isPresent() && facts.isPresent()) {
          facts = require(value, Known.notNumber(other.constant().getAsLong()), facts.get());
        }
      }
      return facts;
    }
    return Optional.of(before);
  }

  /** The path on which the condition holds; empty if it cannot. */
  public static Optional<PathFacts> learn(Condition condition, PathFacts before) {
    Value left = condition.left();
    Value right = condition.right();
    if (left instanceof Value.Constant && !(right instanceof Value.Constant)) {
      return learn(
          new Condition(mirrored(condition.operator()), /* left= */ right, /* right= */ left),
          before);
    }
    if (right.equals(Value.ZERO)
        && left instanceof Value.Compound test
        && test.operands().size() == 1
        && (condition.operator() == Operator.EQ || condition.operator() == Operator.NE)) {
      boolean yes = condition.operator() == Operator.NE;
      String of = before.value(test.operands().get(0));
      if (test.operator().equals("IS_ERR")) {
        return require(of, Known.errorPointer(yes), before);
      }
      if (test.operator().equals("IS_ERR_OR_NULL")) {
        return errorOrNull(of, yes, before);
      }
    }
    String value = before.value(left);
    String other = before.value(right);
    if (value.equals(other)) {
      return holdsForEquals(condition.operator()) ? Optional.of(before) : Optional.empty();
    }
    Known constant = before.known(other);
    if (constant.equal().isPresent()) {
      return number(condition.operator(), value, constant.equal().getAsLong(), before);
    }
    if (isNamedConstant(other)) {
      return switch (condition.operator()) {
        case EQ -> require(value, Known.named(other), before);
        case NE -> require(value, Known.notNamed(other), before);
        default -> Optional.of(before);
      };
    }
    return Optional.of(before);
  }

  private static Optional<PathFacts> errorOrNull(String value, boolean yes, PathFacts before) {
    if (!yes) {
      return require(value, Known.NON_ZERO, before)
          .flatMap(f -> require(value, Known.errorPointer(false), f));
    }
    Known known = before.known(value);
    boolean never = known.isNonZero() && known.error() == Known.Answer.NO;
    return never ? Optional.empty() : Optional.of(before);
  }

  private static Optional<PathFacts> number(
      Operator operator, String value, long n, PathFacts before) {
    return switch (operator) {
      case EQ -> require(value, Known.number(n), before);
      case NE -> require(value, Known.notNumber(n), before);
      case LT -> n == 0 ? require(value, Known.negative(true), before) : Optional.of(before);
      case GE -> n == 0 ? require(value, Known.negative(false), before) : Optional.of(before);
      case GT ->
          n == 0
              ? require(value, Known.negative(false), before)
                  .flatMap(f -> require(value, Known.NON_ZERO, f))
              : Optional.of(before);
      case LE -> Optional.of(before);
    };
  }

  private static boolean holdsForEquals(Operator operator) {
    return operator == Operator.EQ || operator == Operator.LE || operator == Operator.GE;
  }

  private static Operator mirrored(Operator operator) {
    return switch (operator) {
      case LT -> Operator.GT;
      case LE -> Operator.GE;
      case GT -> Operator.LT;
      case GE -> Operator.LE;
      case EQ, NE -> operator;
    };
  }

  /** What nobody assigns and everybody spells in capitals. */
  private static boolean isNamedConstant(String value) {
    if (!value.startsWith("in:") || value.length() < 5) {
      return false;
    }
    for (int i = 3; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!(Character.isUpperCase(c) || Character.isDigit(c) || c == '_')) {
        return false;
      }
    }
    return true;
  }

  private static Optional<PathFacts> require(String value, Known fact, PathFacts before) {
    Optional<PathFacts> learned = before.known(value).and(fact).map(k -> before.with(value, k));
    if (PathFacts.isNegation(value) && (fact.isZero() || fact.isNonZero())) {
      Known operand = fact.isZero() ? Known.NON_ZERO : Known.ZERO;
      return learned.flatMap(f -> require(PathFacts.negated(value), operand, f));
    }
    return learned;
  }
}

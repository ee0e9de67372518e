// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Condition.Operator;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.BinaryOperator;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Binary;
import dev.pinion.analyzer.parse.syntax.Expression.Cast;
import dev.pinion.analyzer.parse.syntax.Expression.Comma;
import dev.pinion.analyzer.parse.syntax.Expression.Conditional;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.Node;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions to branches. Negation swaps the targets, short circuits branch twice, transparent
 * macros vanish, and a condition over constants is a jump.
 */
final class ConditionLowering {
  private final FunctionLowering function;

  ConditionLowering(FunctionLowering function) {
    this.function = function;
  }

  /** Ends the open block: on to {@code ifTrue} if the expression is not 0, else {@code ifFalse}. */
  void branch(@Nullable Expression condition, int ifTrue, int ifFalse) {
    branch(condition, ifTrue, ifFalse, Sense.PLAIN);
  }

  private void branch(@Nullable Expression condition, int ifTrue, int ifFalse, Sense sense) {
    if (condition == null) {
      function.cfg().jump(ifTrue);
      return;
    }
    function.descend();
    try {
      decide(condition, ifTrue, ifFalse, sense);
    } finally {
      function.ascend();
    }
  }

  /**
   * Whether the targets stand as in the source or were swapped by an odd number of negations; a
   * comparison is then spelled negated, so that its first target is the source's first.
   */
  private enum Sense {
    PLAIN,
    NEGATED;

    Sense negated() {
      return this == PLAIN ? NEGATED : PLAIN;
    }
  }

  /** Ends the open block on whether a value is 0. */
  void branch(Value value, int ifTrue, int ifFalse, Node at) {
    branch(condition(value), ifTrue, ifFalse, function.start(at));
  }

  private void decide(Expression e, int ifTrue, int ifFalse, Sense sense) {
    if (e instanceof Unary u && u.operand() != null) {
      if (u.operator() == UnaryOperator.PARENTHESES) {
        branch(u.operand(), ifTrue, ifFalse, sense);
        return;
      }
      if (u.operator() == UnaryOperator.NOT) {
        branch(u.operand(), ifFalse, ifTrue, sense.negated());
        return;
      }
    }
    if (e instanceof Cast c) {
      branch(c.operand(), ifTrue, ifFalse, sense);
      return;
    }
    if (e instanceof Binary b && b.operator().isLogical()) {
      shortCircuit(b, ifTrue, ifFalse, sense);
      return;
    }
    if (e instanceof Conditional c) {
      choice(c, ifTrue, ifFalse, sense);
      return;
    }
    if (e instanceof Comma list && list.expressions().size() > 0) {
      List<Expression> all = list.expressions();
      for (int i = 0; i < all.size() - 1; i++) {
        function.expressions().effect(all.get(i));
      }
      branch(all.get(all.size() - 1), ifTrue, ifFalse, sense);
      return;
    }
    if (e instanceof Expression.Call call && transparent(call, ifTrue, ifFalse, sense)) {
      return;
    }
    Condition condition = condition(function.expressions().value(e));
    if (sense == Sense.NEGATED) {
      branch(condition.negated(), ifFalse, ifTrue, function.start(e));
    } else {
      branch(condition, ifTrue, ifFalse, function.start(e));
    }
  }

  private void shortCircuit(Binary b, int ifTrue, int ifFalse, Sense sense) {
    int second = function.cfg().newBlock();
    if (b.operator() == BinaryOperator.LOGICAL_AND) {
      branch(b.left(), second, ifFalse, sense);
    } else {
      branch(b.left(), ifTrue, second, sense);
    }
    function.cfg().start(second);
    branch(b.right(), ifTrue, ifFalse, sense);
  }

  private void choice(Conditional c, int ifTrue, int ifFalse, Sense sense) {
    Expression positive = c.then();
    int negative = function.cfg().newBlock();
    if (positive == null) {
      branch(c.condition(), ifTrue, negative);
    } else {
      int chosen = function.cfg().newBlock();
      branch(c.condition(), chosen, negative);
      function.cfg().start(chosen);
      branch(positive, ifTrue, ifFalse, sense);
    }
    function.cfg().start(negative);
    branch(c.otherwise(), ifTrue, ifFalse, sense);
  }

  /** {@code likely(x)}, {@code WARN_ON(x)}: the condition is the argument's. */
  private boolean transparent(Expression.Call call, int ifTrue, int ifFalse, Sense sense) {
    Idiom idiom = function.unit().idioms().of(Syntax.callee(call));
    int argument =
        idiom instanceof Idiom.Transparent t
            ? t.argument()
            : idiom instanceof Idiom.Truth t ? t.argument() : -1;
    List<Clause> all = call.arguments();
    if (argument < 0 || argument >= all.size() || !(all.get(argument) instanceof Expression)) {
      return false;
    }
    for (int i = 0; i < all.size(); i++) {
      if (i != argument) {
        function.expressions().effect(all.get(i));
      }
    }
    branch((Expression) all.get(argument), ifTrue, ifFalse, sense);
    return true;
  }

  private void branch(Condition condition, int ifTrue, int ifFalse, Position position) {
    if (condition.left() instanceof Value.Constant left
        && condition.right() instanceof Value.Constant right) {
      function.cfg().jump(holds(condition.operator(), left, right) ? ifTrue : ifFalse);
      return;
    }
    if (condition.left() instanceof Value.Text && condition.right().equals(Value.ZERO)) {
      function.cfg().jump(condition.operator() == Operator.NE ? ifTrue : ifFalse);
      return;
    }
    function.cfg().branch(condition, ifTrue, ifFalse, position);
  }

  private static boolean holds(Operator operator, Value.Constant left, Value.Constant right) {
    int order = Long.compare(left.value(), right.value());
    return switch (operator) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
    };
  }

  /** Whether a value is not 0; a comparison is its own condition, its constant on the right. */
  private static Condition condition(Value value) {
    if (value instanceof Value.Compound c && c.operands().size() == 1 && c.operator().equals("!")) {
      return condition(c.operands().get(0)).negated();
    }
    Operator operator =
        value instanceof Value.Compound c && c.operands().size() == 2
            ? comparison(c.operator())
            : null;
    if (operator == null) {
      return Condition.truth(value);
    }
    Value left = ((Value.Compound) value).operands().get(0);
    Value right = ((Value.Compound) value).operands().get(1);
    return left instanceof Value.Constant && !(right instanceof Value.Constant)
        ? new Condition(mirrored(operator), right, left)
        : new Condition(operator, left, right);
  }

  private static @Nullable Operator comparison(String symbol) {
    return switch (symbol) {
      case "==" -> Operator.EQ;
      case "!=" -> Operator.NE;
      case "<" -> Operator.LT;
      case "<=" -> Operator.LE;
      case ">" -> Operator.GT;
      case ">=" -> Operator.GE;
      default -> null;
    };
  }

  /** The operator after its sides have changed places. */
  private static Operator mirrored(Operator operator) {
    return switch (operator) {
      case EQ, NE -> operator;
      case LT -> Operator.GT;
      case LE -> Operator.GE;
      case GT -> Operator.LT;
      case GE -> Operator.LE;
    };
  }
}

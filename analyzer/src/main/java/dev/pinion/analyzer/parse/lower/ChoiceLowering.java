// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.BinaryOperator;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Binary;
import dev.pinion.analyzer.parse.syntax.Expression.Conditional;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.Node;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;

/**
 * Values that branches make: {@code a && b}, {@code !(a || b)}, {@code a ? b : c}. Each way assigns
 * to one place, which is then the value; a value nobody wants is branches alone.
 */
final class ChoiceLowering {
  private final FunctionLowering function;
  private final ExpressionLowering expressions;

  ChoiceLowering(FunctionLowering function, ExpressionLowering expressions) {
    this.function = function;
    this.expressions = expressions;
  }

  /** Whether the value of an expression is made by branches. */
  static boolean branches(Expression expression) {
    Expression plain = Syntax.uncast(expression);
    if (plain instanceof Unary u && u.operator() == UnaryOperator.NOT && u.operand() != null) {
      return branches(u.operand());
    }
    return plain instanceof Conditional || (plain instanceof Binary b && b.operator().isLogical());
  }

  /** A truth value that branches make: 1 on the one way, 0 on the other. */
  Value truth(Expression e, Destination to) {
    CfgBuilder cfg = function.cfg();
    if (to instanceof Destination.Discard) {
      int after = cfg.newBlock();
      discard(e, after);
      cfg.start(after);
      return Value.ZERO;
    }
    Destination.Into place = placeFor(to, CType.INT, e);
    int ifTrue = cfg.newBlock();
    int ifFalse = cfg.newBlock();
    int after = cfg.newBlock();
    function.conditions().branch(e, ifTrue, ifFalse);
    cfg.start(ifTrue);
    expressions.deliver(new Value.Constant(1), place);
    cfg.jump(after);
    cfg.start(ifFalse);
    expressions.deliver(Value.ZERO, place);
    cfg.start(after);
    return new Value.Load(place.place());
  }

  /** {@code a && f();} as a statement: the last operand is evaluated for its effects only. */
  private void discard(Expression e, int after) {
    CfgBuilder cfg = function.cfg();
    if (e instanceof Binary b && b.operator().isLogical()) {
      int more = cfg.newBlock();
      boolean and = b.operator() == BinaryOperator.LOGICAL_AND;
      function.conditions().branch(b.left(), and ? more : after, and ? after : more);
      cfg.start(more);
      expressions.effect(b.right());
      cfg.jump(after);
      return;
    }
    function.conditions().branch(e, after, after);
  }

  /** {@code a ? b : c} and {@code a ?: c}. */
  Value conditional(Conditional e, Destination to) {
    CfgBuilder cfg = function.cfg();
    int ifTrue = cfg.newBlock();
    int ifFalse = cfg.newBlock();
    int after = cfg.newBlock();
    Expression positive = e.then();
    if (to instanceof Destination.Discard) {
      function.conditions().branch(e.condition(), ifTrue, ifFalse);
      cfg.start(ifTrue);
      if (positive != null) {
        expressions.effect(positive);
      }
      cfg.jump(after);
      cfg.start(ifFalse);
      expressions.effect(e.otherwise());
      cfg.start(after);
      return Value.ZERO;
    }
    Destination.Into place = placeFor(to, typeOf(e), e);
    if (positive == null) {
      expressions.lower(e.condition(), place);
      function.conditions().branch(new Value.Load(place.place()), after, ifFalse, e);
    } else {
      function.conditions().branch(e.condition(), ifTrue, ifFalse);
      cfg.start(ifTrue);
      expressions.lower(positive, place);
      cfg.jump(after);
    }
    cfg.start(ifFalse);
    expressions.lower(e.otherwise(), place);
    cfg.start(after);
    return new Value.Load(place.place());
  }

  private CType typeOf(Conditional e) {
    CType positive = function.types().typeOf(e.then());
    return positive.kind() == CType.Kind.UNKNOWN
        ? function.types().typeOf(e.otherwise())
        : positive;
  }

  private Destination.Into placeFor(Destination to, CType type, Node at) {
    return to instanceof Destination.Into into
        ? into
        : new Destination.Into(function.variables().temporary(type), function.start(at));
  }
}

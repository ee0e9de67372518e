// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Value;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTConditionalExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTBinaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTConditionalExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTUnaryExpression;

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
  static boolean branches(IASTExpression expression) {
    IASTExpression plain = Syntax.uncast(expression);
    if (plain instanceof CASTUnaryExpression u
        && u.getOperator() == IASTUnaryExpression.op_not
        && u.getOperand() != null) {
      return branches(u.getOperand());
    }
    return plain instanceof CASTConditionalExpression
        || (plain instanceof CASTBinaryExpression b && Syntax.isLogical(b.getOperator()));
  }

  /** A truth value that branches make: 1 on the one way, 0 on the other. */
  Value truth(IASTExpression e, Destination to) {
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
  private void discard(IASTExpression e, int after) {
    CfgBuilder cfg = function.cfg();
    if (e instanceof CASTBinaryExpression b && Syntax.isLogical(b.getOperator())) {
      int more = cfg.newBlock();
      boolean and = b.getOperator() == IASTBinaryExpression.op_logicalAnd;
      function.conditions().branch(b.getOperand1(), and ? more : after, and ? after : more);
      cfg.start(more);
      expressions.effect(b.getOperand2());
      cfg.jump(after);
      return;
    }
    function.conditions().branch(e, after, after);
  }

  /** {@code a ? b : c} and {@code a ?: c}. */
  Value conditional(IASTConditionalExpression e, Destination to) {
    CfgBuilder cfg = function.cfg();
    int ifTrue = cfg.newBlock();
    int ifFalse = cfg.newBlock();
    int after = cfg.newBlock();
    IASTExpression positive = e.getPositiveResultExpression();
    if (to instanceof Destination.Discard) {
      function.conditions().branch(e.getLogicalConditionExpression(), ifTrue, ifFalse);
      cfg.start(ifTrue);
      if (positive != null) {
        expressions.effect(positive);
      }
      cfg.jump(after);
      cfg.start(ifFalse);
      expressions.effect(e.getNegativeResultExpression());
      cfg.start(after);
      return Value.ZERO;
    }
    Destination.Into place = placeFor(to, typeOf(e), e);
    if (positive == null) {
      expressions.lower(e.getLogicalConditionExpression(), place);
      function.conditions().branch(new Value.Load(place.place()), after, ifFalse, e);
    } else {
      function.conditions().branch(e.getLogicalConditionExpression(), ifTrue, ifFalse);
      cfg.start(ifTrue);
      expressions.lower(positive, place);
      cfg.jump(after);
    }
    cfg.start(ifFalse);
    expressions.lower(e.getNegativeResultExpression(), place);
    cfg.start(after);
    return new Value.Load(place.place());
  }

  private CType typeOf(IASTConditionalExpression e) {
    CType positive = function.types().typeOf(e.getPositiveResultExpression());
    return positive.kind() == CType.Kind.UNKNOWN
        ? function.types().typeOf(e.getNegativeResultExpression())
        : positive;
  }

  private Destination.Into placeFor(Destination to, CType type, IASTNode at) {
    return to instanceof Destination.Into into
        ? into
        : new Destination.Into(function.variables().temporary(type), function.start(at));
  }
}

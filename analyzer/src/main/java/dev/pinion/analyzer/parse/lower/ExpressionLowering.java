// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTExpressionList;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTTypeIdExpression;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTArraySubscriptExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTBinaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTCastExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTCompoundStatementExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTConditionalExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTExpressionList;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTFieldReference;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTFunctionCallExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTLiteralExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTTypeIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTTypeIdInitializerExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTUnaryExpression;
import org.jspecify.annotations.Nullable;

/**
 * Expressions to values, with their effects as instructions in evaluation order. Values have no
 * effects; what branches inside an expression branches in the graph.
 */
final class ExpressionLowering {
  private static final Value ONE = new Value.Constant(1);

  private final FunctionLowering function;
  private final PlaceLowering places;
  private final ChoiceLowering choices;

  ExpressionLowering(FunctionLowering function) {
    this.function = function;
    this.places = new PlaceLowering(function);
    this.choices = new ChoiceLowering(function, this);
  }

  /** The value of an expression, after its effects. */
  Value value(@Nullable IASTInitializerClause expression) {
    return lower(expression, Destination.VALUE);
  }

  /** Only the effects of an expression. */
  void effect(@Nullable IASTInitializerClause expression) {
    lower(expression, Destination.DISCARD);
  }

  /** Assigns an expression to a place. */
  void into(AccessPath place, @Nullable IASTInitializerClause expression, Position position) {
    lower(expression, new Destination.Into(place, position));
  }

  /** The place an expression names; computed values get a temporary. */
  AccessPath place(IASTExpression expression) {
    return places.place(expression);
  }

  /** What to read to get the value; meaningless after a discarding destination. */
  Value lower(@Nullable IASTInitializerClause clause, Destination to) {
    if (clause instanceof IASTExpression e) {
      function.descend();
      try {
        return expression(e, to);
      } finally {
        function.ascend();
      }
    }
    return clause == null ? unknown(to) : function.initializers().clause(clause, to);
  }

  private Value expression(IASTExpression e, Destination to) {
    if (e instanceof CASTIdExpression id) {
      return deliver(identifier(Syntax.name(id.getName())), to);
    }
    if (e instanceof CASTFieldReference || e instanceof CASTArraySubscriptExpression) {
      return deliver(new Value.Load(places.place(e)), to);
    }
    if (e instanceof CASTFunctionCallExpression call) {
      return function.calls().lower(call, to);
    }
    if (e instanceof CASTLiteralExpression literal) {
      return deliver(Literals.value(literal), to);
    }
    if (e instanceof CASTBinaryExpression binary) {
      return binary(binary, to);
    }
    if (e instanceof CASTUnaryExpression unary) {
      return unary(unary, to);
    }
    if (e instanceof CASTCastExpression cast) {
      return lower(cast.getOperand(), to);
    }
    if (e instanceof CASTConditionalExpression conditional) {
      return choices.conditional(conditional, to);
    }
    if (e instanceof CASTTypeIdExpression typeId) {
      return deliver(typeOperand(typeId), to);
    }
    if (e instanceof CASTCompoundStatementExpression statements) {
      return function.statements().expression(statements, to);
    }
    if (e instanceof CASTExpressionList list) {
      return comma(list, to);
    }
    if (e instanceof CASTTypeIdInitializerExpression literal) {
      return function.initializers().compoundLiteral(literal, to);
    }
    return unknown(to);
  }

  /** Puts a computed value where it is wanted. */
  Value deliver(Value value, Destination to) {
    if (!(to instanceof Destination.Into into)) {
      return value;
    }
    boolean itself =
        value instanceof Value.Load load
            && load.path().root().equals(into.place().root())
            && load.path().equals(into.place());
    if (itself) {
      return value;
    }
    function.cfg().add(new Instruction.Assign(into.place(), value, into.position()));
    return new Value.Load(into.place());
  }

  private Value unknown(Destination to) {
    return deliver(new Value.Compound("?", List.of()), to);
  }

  /** What a bare name means as a value. */
  Value identifier(String name) {
    String own = function.variables().lookup(name);
    if (own != null) {
      return Value.load(own);
    }
    return switch (name) {
      case "NULL", "false" -> Value.ZERO;
      case "true" -> ONE;
      default -> Value.load(name);
    };
  }

  private Value typeOperand(IASTTypeIdExpression e) {
    String operator = e.getOperator() == IASTTypeIdExpression.op_alignof ? "alignof" : "sizeof";
    CType type = function.types().typeId(e.getTypeId());
    return new Value.Compound(operator, List.of(new Value.TypeOperand(type)));
  }

  private Value comma(IASTExpressionList list, Destination to) {
    IASTExpression[] all = list.getExpressions();
    for (int i = 0; i < all.length - 1; i++) {
      effect(all[i]);
    }
    return all.length == 0 ? unknown(to) : lower(all[all.length - 1], to);
  }

  private Value unary(IASTUnaryExpression e, Destination to) {
    IASTExpression operand = e.getOperand();
    if (operand == null) {
      return unknown(to);
    }
    return switch (e.getOperator()) {
      case IASTUnaryExpression.op_bracketedPrimary, IASTUnaryExpression.op_plus ->
          lower(operand, to);
      case IASTUnaryExpression.op_star -> deliver(new Value.Load(places.place(e)), to);
      case IASTUnaryExpression.op_amper -> deliver(places.addressOf(operand), to);
      case IASTUnaryExpression.op_not -> not(e, operand, to);
      case IASTUnaryExpression.op_minus -> deliver(Literals.unary("-", value(operand)), to);
      case IASTUnaryExpression.op_tilde -> deliver(Literals.unary("~", value(operand)), to);
      case IASTUnaryExpression.op_prefixIncr, IASTUnaryExpression.op_postFixIncr ->
          step(e, operand, "+", to);
      case IASTUnaryExpression.op_prefixDecr, IASTUnaryExpression.op_postFixDecr ->
          step(e, operand, "-", to);
      case IASTUnaryExpression.op_sizeof -> deliver(size("sizeof", operand), to);
      case IASTUnaryExpression.op_alignOf -> deliver(size("alignof", operand), to);
      case IASTUnaryExpression.op_labelReference -> deliver(label(operand), to);
      default -> unknown(to);
    };
  }

  /** Nothing of the operand is evaluated; only its type counts. */
  private Value size(String operator, IASTExpression operand) {
    CType type = function.types().typeOf(operand);
    return new Value.Compound(operator, List.of(new Value.TypeOperand(type)));
  }

  private Value label(IASTExpression operand) {
    String label = Syntax.identifier(operand);
    function.scopes().labelAddressTaken(label);
    return new Value.Compound("&&", List.of(new Value.Text(label)));
  }

  private Value not(IASTUnaryExpression e, IASTExpression operand, Destination to) {
    if (ChoiceLowering.branches(operand)) {
      return choices.truth(e, to);
    }
    return deliver(Literals.unary("!", value(operand)), to);
  }

  private Value step(IASTUnaryExpression e, IASTExpression operand, String sign, Destination to) {
    AccessPath place = places.place(operand);
    Position position = function.start(e);
    boolean postfix =
        e.getOperator() == IASTUnaryExpression.op_postFixIncr
            || e.getOperator() == IASTUnaryExpression.op_postFixDecr;
    Value before = new Value.Load(place);
    boolean wanted = !(to instanceof Destination.Discard);
    if (postfix && wanted) {
      before = new Value.Load(function.keep(before, position));
    }
    Value after = new Value.Compound(sign, List.of(new Value.Load(place), ONE));
    function.cfg().add(new Instruction.Assign(place, after, position));
    return deliver(postfix ? before : new Value.Load(place), to);
  }

  private Value binary(IASTBinaryExpression e, Destination to) {
    int operator = e.getOperator();
    if (operator == IASTBinaryExpression.op_assign) {
      AccessPath target = places.place(e.getOperand1());
      if (target.isVariable()) {
        function.variables().assigned(target.root());
      }
      into(target, e.getInitOperand2(), function.start(e));
      return deliver(new Value.Load(target), to);
    }
    if (Syntax.isCompoundAssignment(operator)) {
      AccessPath target = places.place(e.getOperand1());
      Value operand = value(e.getInitOperand2());
      Value result =
          new Value.Compound(Syntax.symbol(operator), List.of(new Value.Load(target), operand));
      function.cfg().add(new Instruction.Assign(target, result, function.start(e)));
      return deliver(new Value.Load(target), to);
    }
    if (Syntax.isLogical(operator)) {
      return choices.truth(e, to);
    }
    return deliver(isHiddenCast(e) ? hiddenCast(e) : arithmetic(e), to);
  }

  /** {@code (u32)-1}: without the typedef, the grammar takes it for a subtraction. */
  private boolean isHiddenCast(IASTBinaryExpression e) {
    return e.getOperand1() instanceof CASTUnaryExpression u
        && u.getOperator() == IASTUnaryExpression.op_bracketedPrimary
        && e.getOperand2() != null
        && switch (e.getOperator()) {
          case IASTBinaryExpression.op_minus,
              IASTBinaryExpression.op_plus,
              IASTBinaryExpression.op_multiply,
              IASTBinaryExpression.op_binaryAnd ->
              function.unit().isTypeName(Syntax.identifier(u));
          default -> false;
        };
  }

  private Value hiddenCast(IASTBinaryExpression e) {
    IASTExpression operand = e.getOperand2();
    return switch (e.getOperator()) {
      case IASTBinaryExpression.op_minus -> Literals.unary("-", value(operand));
      case IASTBinaryExpression.op_multiply ->
          new Value.Load(function.keep(value(operand), function.start(e)).deref());
      case IASTBinaryExpression.op_binaryAnd -> places.addressOf(operand);
      default -> value(operand);
    };
  }

  /** A chain such as {@code a | b | c} leans to the left and may be very long. */
  private Value arithmetic(IASTBinaryExpression e) {
    List<IASTBinaryExpression> spine = new ArrayList<>();
    IASTExpression leftmost = e;
    while (leftmost instanceof CASTBinaryExpression b
        && b.getOperator() != IASTBinaryExpression.op_assign
        && !Syntax.isCompoundAssignment(b.getOperator())
        && !Syntax.isLogical(b.getOperator())
        && !isHiddenCast(b)) {
      spine.add(b);
      leftmost = b.getOperand1();
    }
    Value result = value(leftmost);
    for (int i = spine.size() - 1; i >= 0; i--) {
      IASTBinaryExpression b = spine.get(i);
      result = Literals.binary(Syntax.symbol(b.getOperator()), result, value(b.getInitOperand2()));
    }
    return result;
  }
}

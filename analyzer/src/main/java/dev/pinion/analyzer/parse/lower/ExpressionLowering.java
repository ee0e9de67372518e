// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.BinaryOperator;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Assignment;
import dev.pinion.analyzer.parse.syntax.Expression.Binary;
import dev.pinion.analyzer.parse.syntax.Expression.Cast;
import dev.pinion.analyzer.parse.syntax.Expression.Comma;
import dev.pinion.analyzer.parse.syntax.Expression.CompoundLiteral;
import dev.pinion.analyzer.parse.syntax.Expression.Conditional;
import dev.pinion.analyzer.parse.syntax.Expression.Identifier;
import dev.pinion.analyzer.parse.syntax.Expression.Literal;
import dev.pinion.analyzer.parse.syntax.Expression.Member;
import dev.pinion.analyzer.parse.syntax.Expression.StatementExpression;
import dev.pinion.analyzer.parse.syntax.Expression.Subscript;
import dev.pinion.analyzer.parse.syntax.Expression.TypeOperation;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
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
  Value value(@Nullable Clause expression) {
    return lower(expression, Destination.VALUE);
  }

  /** Only the effects of an expression. */
  void effect(@Nullable Clause expression) {
    lower(expression, Destination.DISCARD);
  }

  /** Assigns an expression to a place. */
  void into(AccessPath place, @Nullable Clause expression, Position position) {
    lower(expression, new Destination.Into(place, position));
  }

  /** The place an expression names; computed values get a temporary. */
  AccessPath place(Expression expression) {
    return places.place(expression);
  }

  /** What to read to get the value; meaningless after a discarding destination. */
  Value lower(@Nullable Clause clause, Destination to) {
    if (clause instanceof Expression e) {
      function.descend();
      try {
        return expression(e, to);
      } finally {
        function.ascend();
      }
    }
    return clause == null ? unknown(to) : function.initializers().clause(clause, to);
  }

  private Value expression(Expression e, Destination to) {
    if (e instanceof Identifier id) {
      return deliver(identifier(id.name()), to);
    }
    if (e instanceof Member || e instanceof Subscript) {
      return deliver(new Value.Load(places.place(e)), to);
    }
    if (e instanceof Expression.Call call) {
      return function.calls().lower(call, to);
    }
    if (e instanceof Literal literal) {
      return deliver(Literals.value(literal), to);
    }
    if (e instanceof Binary binary) {
      return binary(binary, to);
    }
    if (e instanceof Assignment assignment) {
      return assignment(assignment, to);
    }
    if (e instanceof Unary unary) {
      return unary(unary, to);
    }
    if (e instanceof Cast cast) {
      return lower(cast.operand(), to);
    }
    if (e instanceof Conditional conditional) {
      return choices.conditional(conditional, to);
    }
    if (e instanceof TypeOperation typeId) {
      return deliver(typeOperand(typeId), to);
    }
    if (e instanceof StatementExpression statements) {
      return function.statements().expression(statements, to);
    }
    if (e instanceof Comma list) {
      return comma(list, to);
    }
    if (e instanceof CompoundLiteral literal) {
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
  private Value identifier(String name) {
    String own = function.variables().lookup(name);
    if (own != null) {
      return Value.load(own);
    }
    return switch (name) {
      case "NULL", "false" -> Value.ZERO;
      case "true" -> ONE;
      case "__FILE__" -> new Value.Text(name);
      default -> Value.load(name);
    };
  }

  private Value typeOperand(TypeOperation e) {
    String operator = e.operator() == TypeOperation.Operator.ALIGNOF ? "alignof" : "sizeof";
    CType type = function.types().typeId(e.type());
    return new Value.Compound(operator, List.of(new Value.TypeOperand(type)));
  }

  private Value comma(Comma list, Destination to) {
    List<Expression> all = list.expressions();
    for (int i = 0; i < all.size() - 1; i++) {
      effect(all.get(i));
    }
    return all.size() == 0 ? unknown(to) : lower(all.get(all.size() - 1), to);
  }

  private Value unary(Unary e, Destination to) {
    Expression operand = e.operand();
    return switch (e.operator()) {
      case PARENTHESES, PLUS -> lower(operand, to);
      case DEREFERENCE -> deliver(new Value.Load(places.place(e)), to);
      case ADDRESS -> deliver(places.addressOf(operand), to);
      case NOT -> not(e, operand, to);
      case MINUS -> deliver(Literals.unary("-", value(operand)), to);
      case TILDE -> deliver(Literals.unary("~", value(operand)), to);
      case PREFIX_INCREMENT, POSTFIX_INCREMENT -> step(e, operand, "+", to);
      case PREFIX_DECREMENT, POSTFIX_DECREMENT -> step(e, operand, "-", to);
      case SIZEOF -> deliver(size("sizeof", operand), to);
      case ALIGNOF -> deliver(size("alignof", operand), to);
      case LABEL_ADDRESS -> deliver(label(operand), to);
      default -> unknown(to);
    };
  }

  /** Nothing of the operand is evaluated; only its type counts. */
  private Value size(String operator, Expression operand) {
    CType type = function.types().typeOf(operand);
    return new Value.Compound(operator, List.of(new Value.TypeOperand(type)));
  }

  private Value label(Expression operand) {
    String label = Syntax.identifier(operand);
    function.scopes().labelAddressTaken(label);
    return new Value.Compound("&&", List.of(new Value.Text(label)));
  }

  private Value not(Unary e, Expression operand, Destination to) {
    if (ChoiceLowering.branches(operand)) {
      return choices.truth(e, to);
    }
    return deliver(Literals.unary("!", value(operand)), to);
  }

  private Value step(Unary e, Expression operand, String sign, Destination to) {
    AccessPath place = places.place(operand);
    Position position = function.start(e);
    boolean postfix =
        e.operator() == UnaryOperator.POSTFIX_INCREMENT
            || e.operator() == UnaryOperator.POSTFIX_DECREMENT;
    Value before = new Value.Load(place);
    boolean wanted = !(to instanceof Destination.Discard);
    if (postfix && wanted) {
      before = new Value.Load(function.keep(before, position));
    }
    Value after = new Value.Compound(sign, List.of(new Value.Load(place), ONE));
    function.cfg().add(new Instruction.Assign(place, after, position));
    return deliver(postfix ? before : new Value.Load(place), to);
  }

  private Value assignment(Assignment e, Destination to) {
    AccessPath target = places.place(e.target());
    BinaryOperator operator = e.operator();
    if (operator == null) {
      if (target.isVariable()) {
        function.variables().assigned(target.root());
      }
      into(target, e.value(), function.start(e));
    } else {
      Value operand = value(e.value());
      Value result =
          new Value.Compound(operator.symbol(), List.of(new Value.Load(target), operand));
      function.cfg().add(new Instruction.Assign(target, result, function.start(e)));
    }
    return deliver(new Value.Load(target), to);
  }

  private Value binary(Binary e, Destination to) {
    if (e.operator().isLogical()) {
      return choices.truth(e, to);
    }
    return deliver(isHiddenCast(e) ? hiddenCast(e) : arithmetic(e), to);
  }

  /** {@code (u32)-1}: without the typedef, the grammar takes it for a subtraction. */
  private boolean isHiddenCast(Binary e) {
    return e.left() instanceof Unary u
        && u.operator() == UnaryOperator.PARENTHESES
        && switch (e.operator()) {
          case SUBTRACT, ADD, MULTIPLY, AND -> function.unit().isTypeName(Syntax.identifier(u));
          default -> false;
        };
  }

  private Value hiddenCast(Binary e) {
    Expression operand = e.right();
    return switch (e.operator()) {
      case SUBTRACT -> Literals.unary("-", value(operand));
      case MULTIPLY -> new Value.Load(function.keep(value(operand), function.start(e)).deref());
      case AND -> places.addressOf(operand);
      default -> value(operand);
    };
  }

  /** A chain such as {@code a | b | c} leans to the left and may be very long. */
  private Value arithmetic(Binary e) {
    List<Binary> spine = new ArrayList<>();
    Expression leftmost = e;
    while (leftmost instanceof Binary b && !b.operator().isLogical() && !isHiddenCast(b)) {
      spine.add(b);
      leftmost = b.left();
    }
    Value result = value(leftmost);
    for (int i = spine.size() - 1; i >= 0; i--) {
      Binary b = spine.get(i);
      result = Literals.binary(b.operator().symbol(), result, value(b.right()));
    }
    return result;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Assignment;
import dev.pinion.analyzer.parse.syntax.Expression.Binary;
import dev.pinion.analyzer.parse.syntax.Expression.CompoundLiteral;
import dev.pinion.analyzer.parse.syntax.Expression.Conditional;
import dev.pinion.analyzer.parse.syntax.Expression.Identifier;
import dev.pinion.analyzer.parse.syntax.Expression.Literal;
import dev.pinion.analyzer.parse.syntax.Expression.Member;
import dev.pinion.analyzer.parse.syntax.Expression.Subscript;
import dev.pinion.analyzer.parse.syntax.Expression.TypeOperation;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Expressions to values without any instruction: for initialisers outside of functions, and for
 * arguments that a macro evaluates itself. Everything but a place or a constant is a {@link
 * Value.Compound} named after the operator or the function.
 */
final class FormulaLowering {
  private static final Value UNKNOWN = new Value.Compound("?", List.of());

  private final java.util.function.UnaryOperator<String> names;
  private final TypeLowering types;
  private final List<String> labels = new ArrayList<>();
  private int depth;

  FormulaLowering(java.util.function.UnaryOperator<String> names, TypeLowering types) {
    this.names = names;
    this.types = types;
  }

  Value value(@Nullable Clause clause) {
    if (!(clause instanceof Expression e) || depth >= Limits.FORMULA_DEPTH) {
      return UNKNOWN;
    }
    depth++;
    Value value = expression(Syntax.uncast(e));
    depth--;
    return value;
  }

  private Value expression(Expression e) {
    if (e instanceof Identifier id) {
      return identifier(id.name());
    }
    if (e instanceof Literal literal) {
      return Literals.value(literal);
    }
    if (e instanceof Member || e instanceof Subscript) {
      AccessPath place = place(e);
      return place == null ? UNKNOWN : new Value.Load(place);
    }
    if (e instanceof Unary unary) {
      return unary(unary);
    }
    if (e instanceof Binary binary) {
      return Literals.binary(
          binary.operator().symbol(), value(binary.left()), value(binary.right()));
    }
    if (e instanceof Assignment a) {
      String symbol = a.operator() == null ? "?" : a.operator().symbol();
      return Literals.binary(symbol, value(a.target()), value(a.value()));
    }
    if (e instanceof Expression.Call call) {
      return call(call);
    }
    if (e instanceof Conditional c) {
      Expression positive = c.then();
      Value condition = value(c.condition());
      return new Value.Compound(
          "?:",
          List.of(condition, positive == null ? condition : value(positive), value(c.otherwise())));
    }
    if (e instanceof TypeOperation t) {
      return new Value.Compound("sizeof", List.of(new Value.TypeOperand(types.typeId(t.type()))));
    }
    if (e instanceof CompoundLiteral t) {
      return new Value.Compound("literal", List.of(new Value.TypeOperand(types.typeId(t.type()))));
    }
    return UNKNOWN;
  }

  private Value identifier(String name) {
    return switch (name) {
      case "NULL", "false" -> Value.ZERO;
      case "true" -> new Value.Constant(1);
      default -> Value.load(names.apply(name));
    };
  }

  private Value unary(Unary e) {
    Expression operand = e.operand();
    return switch (e.operator()) {
      case ADDRESS -> addressOf(operand);
      case DEREFERENCE -> {
        AccessPath place = place(e);
        yield place == null ? UNKNOWN : new Value.Load(place);
      }
      case MINUS -> Literals.unary("-", value(operand));
      case TILDE -> Literals.unary("~", value(operand));
      case NOT -> Literals.unary("!", value(operand));
      case PLUS -> value(operand);
      case SIZEOF ->
          new Value.Compound("sizeof", List.of(new Value.TypeOperand(types.typeOf(operand))));
      case LABEL_ADDRESS -> label(Syntax.identifier(operand));
      default -> UNKNOWN;
    };
  }

  private Value label(String name) {
    labels.add(name);
    return new Value.Compound("&&", List.of(new Value.Text(name)));
  }

  /** The labels whose addresses the values so far take. */
  List<String> labels() {
    return labels;
  }

  private Value addressOf(@Nullable Expression operand) {
    Expression e = operand == null ? null : Syntax.uncast(operand);
    if (e instanceof CompoundLiteral) {
      return new Value.Compound("&", List.of(value(e)));
    }
    AccessPath place = place(e);
    return place == null ? UNKNOWN : new Value.AddressOf(place);
  }

  private Value call(Expression.Call call) {
    List<Value> operands = new ArrayList<>();
    String name = Syntax.callee(call);
    Idiom idiom = Idioms.KERNEL.of(name);
    int same =
        idiom instanceof Idiom.Transparent t
            ? t.argument()
            : idiom instanceof Idiom.Truth t ? t.argument() : Integer.MAX_VALUE;
    if (same < call.arguments().size()) {
      return value(call.arguments().get(same));
    }
    if (name.isEmpty()) {
      operands.add(value(call.function()));
    }
    for (Clause argument : call.arguments()) {
      operands.add(value(argument));
    }
    return new Value.Compound(name.isEmpty() ? "call" : name, operands);
  }

  /** The place an expression names, or null if it is computed. */
  private @Nullable AccessPath place(@Nullable Expression expression) {
    if (expression == null || depth >= Limits.FORMULA_DEPTH) {
      return null;
    }
    depth++;
    AccessPath place = placeOf(Syntax.uncast(expression));
    depth--;
    return place;
  }

  private @Nullable AccessPath placeOf(Expression e) {
    if (e instanceof Identifier id) {
      return AccessPath.variable(names.apply(id.name()));
    }
    if (e instanceof Member f) {
      AccessPath owner = place(f.owner());
      String field = f.name();
      return owner == null
          ? null
          : (f.access() == Member.Access.ARROW) ? owner.arrow(field) : owner.dot(field);
    }
    if (e instanceof Subscript a) {
      AccessPath array = place(a.array());
      return array == null ? null : array.index();
    }
    if (e instanceof Unary u && u.operator() == UnaryOperator.DEREFERENCE) {
      AccessPath pointer = place(u.operand());
      return pointer == null ? null : pointer.deref();
    }
    return null;
  }
}

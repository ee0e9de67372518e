// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTArraySubscriptExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTBinaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTConditionalExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTFieldReference;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTFunctionCallExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTLiteralExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTTypeIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTTypeIdInitializerExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTUnaryExpression;
import org.jspecify.annotations.Nullable;

/**
 * Expressions to values without any instruction: for initialisers outside of functions, and for
 * arguments that a macro evaluates itself. Everything but a place or a constant is a {@link
 * Value.Compound} named after the operator or the function.
 */
final class FormulaLowering {
  private static final Value UNKNOWN = new Value.Compound("?", List.of());

  private final UnaryOperator<String> names;
  private final TypeLowering types;
  private final List<String> labels = new ArrayList<>();
  private int depth;

  FormulaLowering(UnaryOperator<String> names, TypeLowering types) {
    this.names = names;
    this.types = types;
  }

  Value value(@Nullable IASTInitializerClause clause) {
    if (!(clause instanceof IASTExpression e) || depth >= Limits.FORMULA_DEPTH) {
      return UNKNOWN;
    }
    depth++;
    Value value = expression(Syntax.uncast(e));
    depth--;
    return value;
  }

  private Value expression(IASTExpression e) {
    if (e instanceof CASTIdExpression id) {
      return identifier(Syntax.name(id.getName()));
    }
    if (e instanceof CASTLiteralExpression literal) {
      return Literals.value(literal);
    }
    if (e instanceof CASTFieldReference || e instanceof CASTArraySubscriptExpression) {
      AccessPath place = place(e);
      return place == null ? UNKNOWN : new Value.Load(place);
    }
    if (e instanceof CASTUnaryExpression unary) {
      return unary(unary);
    }
    if (e instanceof CASTBinaryExpression binary) {
      return Literals.binary(
          Syntax.symbol(binary.getOperator()),
          value(binary.getOperand1()),
          value(binary.getInitOperand2()));
    }
    if (e instanceof CASTFunctionCallExpression call) {
      return call(call);
    }
    if (e instanceof CASTConditionalExpression c) {
      IASTExpression positive = c.getPositiveResultExpression();
      Value condition = value(c.getLogicalConditionExpression());
      return new Value.Compound(
          "?:",
          List.of(
              condition,
              positive == null ? condition : value(positive),
              value(c.getNegativeResultExpression())));
    }
    if (e instanceof CASTTypeIdExpression t) {
      return new Value.Compound(
          "sizeof", List.of(new Value.TypeOperand(types.typeId(t.getTypeId()))));
    }
    if (e instanceof CASTTypeIdInitializerExpression t) {
      return new Value.Compound(
          "literal", List.of(new Value.TypeOperand(types.typeId(t.getTypeId()))));
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

  private Value unary(IASTUnaryExpression e) {
    IASTExpression operand = e.getOperand();
    return switch (e.getOperator()) {
      case IASTUnaryExpression.op_amper -> addressOf(operand);
      case IASTUnaryExpression.op_star -> {
        AccessPath place = place(e);
        yield place == null ? UNKNOWN : new Value.Load(place);
      }
      case IASTUnaryExpression.op_minus -> Literals.unary("-", value(operand));
      case IASTUnaryExpression.op_tilde -> Literals.unary("~", value(operand));
      case IASTUnaryExpression.op_not -> Literals.unary("!", value(operand));
      case IASTUnaryExpression.op_plus -> value(operand);
      case IASTUnaryExpression.op_sizeof ->
          new Value.Compound("sizeof", List.of(new Value.TypeOperand(types.typeOf(operand))));
      case IASTUnaryExpression.op_labelReference -> label(Syntax.identifier(operand));
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

  private Value addressOf(@Nullable IASTExpression operand) {
    IASTExpression e = operand == null ? null : Syntax.uncast(operand);
    if (e instanceof CASTTypeIdInitializerExpression) {
      return new Value.Compound("&", List.of(value(e)));
    }
    AccessPath place = place(e);
    return place == null ? UNKNOWN : new Value.AddressOf(place);
  }

  private Value call(IASTFunctionCallExpression call) {
    List<Value> operands = new ArrayList<>();
    String name = Syntax.callee(call);
    Idiom idiom = Idioms.KERNEL.of(name);
    int same =
        idiom instanceof Idiom.Transparent t
            ? t.argument()
            : idiom instanceof Idiom.Truth t ? t.argument() : Integer.MAX_VALUE;
    if (same < call.getArguments().length) {
      return value(call.getArguments()[same]);
    }
    if (name.isEmpty()) {
      operands.add(value(call.getFunctionNameExpression()));
    }
    for (IASTInitializerClause argument : call.getArguments()) {
      operands.add(value(argument));
    }
    return new Value.Compound(name.isEmpty() ? "call" : name, operands);
  }

  /** The place an expression names, or null if it is computed. */
  private @Nullable AccessPath place(@Nullable IASTExpression expression) {
    if (expression == null || depth >= Limits.FORMULA_DEPTH) {
      return null;
    }
    depth++;
    AccessPath place = placeOf(Syntax.uncast(expression));
    depth--;
    return place;
  }

  private @Nullable AccessPath placeOf(IASTExpression e) {
    if (e instanceof CASTIdExpression id) {
      return AccessPath.variable(names.apply(Syntax.name(id.getName())));
    }
    if (e instanceof CASTFieldReference f) {
      AccessPath owner = place(f.getFieldOwner());
      String field = Syntax.name(f.getFieldName());
      return owner == null
          ? null
          : f.isPointerDereference() ? owner.arrow(field) : owner.dot(field);
    }
    if (e instanceof CASTArraySubscriptExpression a) {
      AccessPath array = place(a.getArrayExpression());
      return array == null ? null : array.index();
    }
    if (e instanceof CASTUnaryExpression u && u.getOperator() == IASTUnaryExpression.op_star) {
      AccessPath pointer = place(u.getOperand());
      return pointer == null ? null : pointer.deref();
    }
    return null;
  }
}

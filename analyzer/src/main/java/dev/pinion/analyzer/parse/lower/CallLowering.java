// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction.Call;
import dev.pinion.analyzer.ir.Instruction.CallKind;
import dev.pinion.analyzer.ir.Instruction.Callee;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Identifier;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.Node;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls to instructions, and the idioms that only look like calls to what they mean. */
final class CallLowering {
  private final FunctionLowering function;
  private final IdiomLowering idioms;

  CallLowering(FunctionLowering function) {
    this.function = function;
    this.idioms = new IdiomLowering(function);
  }

  /** The value of a call, after its instruction. */
  Value lower(Expression.Call call, Destination to) {
    String name = Syntax.callee(call);
    if (!name.isEmpty()) {
      Idiom idiom = function.variables().isVisible(name) ? null : function.unit().idioms().of(name);
      if (idiom != null) {
        Value special = idioms.lower(idiom, call, to);
        if (special != null) {
          return special;
        }
      }
    }
    Expression hidden = hiddenCast(call);
    if (hidden != null) {
      return function.expressions().lower(hidden, to);
    }
    if (call.function() instanceof Expression.Call head && function.scopes().open(head, call)) {
      return Value.ZERO;
    }
    Callee callee = callee(call.function());
    return emit(callee, arguments(call), CType.UNKNOWN, to, call);
  }

  /** {@code (u32)(x)}: without the typedef, the grammar takes it for a call. */
  private @Nullable Expression hiddenCast(Expression.Call call) {
    if (call.function() instanceof Unary u
        && u.operator() == UnaryOperator.PARENTHESES
        && u.operand() instanceof Identifier id
        && call.arguments().size() == 1
        && call.arguments().get(0) instanceof Expression operand) {
      String name = id.name();
      boolean callable = function.variables().isVisible(name) || function.unit().isDeclared(name);
      return callable && !function.unit().isTypeName(name) ? null : operand;
    }
    return null;
  }

  /** What an expression in front of an argument list calls. */
  private Callee callee(@Nullable Expression expression) {
    if (expression == null) {
      return new Callee.Direct("");
    }
    Expression e = Syntax.uncast(expression);
    while (e instanceof Unary u
        && (u.operator() == UnaryOperator.DEREFERENCE || u.operator() == UnaryOperator.ADDRESS)
        && u.operand() != null) {
      e = Syntax.uncast(u.operand());
    }
    if (e instanceof Identifier id) {
      String name = id.name();
      if (!function.variables().isVisible(name) && !function.unit().isVariable(name)) {
        return new Callee.Direct(name);
      }
      return new Callee.Indirect(AccessPath.variable(function.variables().resolve(name)));
    }
    Value value = function.expressions().value(e);
    if (value instanceof Value.Load load) {
      return new Callee.Indirect(load.path());
    }
    return new Callee.Indirect(function.keep(value, function.start(e)));
  }

  List<Value> arguments(Expression.Call call) {
    List<Clause> clauses = call.arguments();
    if (clauses.size() == 0) {
      return List.of();
    }
    List<Value> values = new ArrayList<>(clauses.size());
    for (int i = 0; i < clauses.size(); i++) { // No iterator: there is a call in most statements.
      values.add(function.expressions().value(clauses.get(i)));
    }
    return values;
  }

  /** Emits a call whose result goes where it is wanted. */
  Value emit(Callee callee, List<Value> arguments, CType type, Destination to, Node at) {
    AccessPath result = null;
    if (to instanceof Destination.Into into) {
      result = into.place();
    } else if (to instanceof Destination.AsValue) {
      result = function.variables().temporary(type);
    }
    function
        .cfg()
        .add(
            new Call(
                Optional.ofNullable(result),
                callee,
                arguments,
                CallKind.ORDINARY,
                function.start(at)));
    return result == null ? Value.ZERO : new Value.Load(result);
  }
}

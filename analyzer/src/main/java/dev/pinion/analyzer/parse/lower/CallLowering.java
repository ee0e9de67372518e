// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction.Call;
import dev.pinion.analyzer.ir.Instruction.CallKind;
import dev.pinion.analyzer.ir.Instruction.Callee;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTInitializerClause;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTFunctionCallExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTUnaryExpression;
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
  Value lower(IASTFunctionCallExpression call, Destination to) {
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
    IASTExpression hidden = hiddenCast(call);
    if (hidden != null) {
      return function.expressions().lower(hidden, to);
    }
    if (call.getFunctionNameExpression() instanceof CASTFunctionCallExpression head
        && function.scopes().open(head, call)) {
      return Value.ZERO;
    }
    Callee callee = callee(call.getFunctionNameExpression());
    return emit(callee, arguments(call), CType.UNKNOWN, to, call);
  }

  /** {@code (u32)(x)}: without the typedef, the grammar takes it for a call. */
  private @Nullable IASTExpression hiddenCast(IASTFunctionCallExpression call) {
    if (call.getFunctionNameExpression() instanceof CASTUnaryExpression u
        && u.getOperator() == IASTUnaryExpression.op_bracketedPrimary
        && u.getOperand() instanceof CASTIdExpression id
        && call.getArguments().length == 1
        && call.getArguments()[0] instanceof IASTExpression operand) {
      String name = Syntax.name(id.getName());
      boolean callable = function.variables().isVisible(name) || function.unit().isDeclared(name);
      return callable && !function.unit().isTypeName(name) ? null : operand;
    }
    return null;
  }

  /** What an expression in front of an argument list calls. */
  private Callee callee(@Nullable IASTExpression expression) {
    if (expression == null) {
      return new Callee.Direct("");
    }
    IASTExpression e = Syntax.uncast(expression);
    while (e instanceof CASTUnaryExpression u
        && (u.getOperator() == IASTUnaryExpression.op_star
            || u.getOperator() == IASTUnaryExpression.op_amper)
        && u.getOperand() != null) {
      e = Syntax.uncast(u.getOperand());
    }
    if (e instanceof CASTIdExpression id) {
      String name = Syntax.name(id.getName());
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

  List<Value> arguments(IASTFunctionCallExpression call) {
    IASTInitializerClause[] clauses = call.getArguments();
    if (clauses.length == 0) {
      return List.of();
    }
    List<Value> values = new ArrayList<>(clauses.length);
    for (IASTInitializerClause clause : clauses) {
      values.add(function.expressions().value(clause));
    }
    return values;
  }

  /** Emits a call whose result goes where it is wanted. */
  Value emit(Callee callee, List<Value> arguments, CType type, Destination to, IASTNode at) {
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

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction.Assign;
import dev.pinion.analyzer.ir.Instruction.Callee;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.TypeOperation;
import dev.pinion.analyzer.parse.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls that {@code idioms.txt} gives a meaning. */
final class IdiomLowering {
  private final FunctionLowering function;

  IdiomLowering(FunctionLowering function) {
    this.function = function;
  }

  /** The value of the idiom, or null if the call does not have the arguments the idiom needs. */
  @Nullable Value lower(Idiom idiom, Expression.Call call, Destination to) {
    List<Clause> a = call.arguments();
    if (idiom instanceof Idiom.Transparent t && t.argument() < a.size()) {
      return function.expressions().lower(a.get(t.argument()), to);
    }
    if (idiom instanceof Idiom.Truth t && expression(a, t.argument()) != null) {
      effectsBut(a, t.argument());
      return function.expressions().lower(a.get(t.argument()), to);
    }
    if (idiom instanceof Idiom.Pure) {
      return pure(call, to);
    }
    if (idiom instanceof Idiom.NoReturn) {
      Value result = ordinary(call, function.calls().arguments(call), CType.UNKNOWN, to);
      function.cfg().unreachable();
      return result;
    }
    if (idiom instanceof Idiom.Assertion t && expression(a, t.argument()) != null) {
      return assertion(t, a);
    }
    if (idiom instanceof Idiom.Store s && Math.max(s.target(), s.value()) < a.size()) {
      return store(s, call, to);
    }
    if (idiom instanceof Idiom.Take t && expression(a, t.argument()) != null) {
      return take(a.get(t.argument()), t.rest(), to, function.start(call));
    }
    if (idiom instanceof Idiom.ReturnTaken t && expression(a, t.argument()) != null) {
      Value taken = take(a.get(t.argument()), 0, Destination.VALUE, function.start(call));
      function.scopes().leaveFunction(Optional.of(taken), function.start(call));
      return Value.ZERO;
    }
    if (idiom instanceof Idiom.Container c && c.member() < a.size()) {
      return container(c, a, call, to);
    }
    if (idiom instanceof Idiom.Neighbour n && expression(a, n.element()) != null) {
      return n.member() < a.size() ? neighbour(n, a, to) : null;
    }
    if (idiom instanceof Idiom.Typed t && t.type() < a.size()) {
      return ordinary(call, operands(call, t.type()), typeArgument(a.get(t.type())).pointer(), to);
    }
    if (idiom instanceof Idiom.Declares d && expression(a, d.argument()) != null) {
      return declare(d, call, a);
    }
    if (idiom instanceof Idiom.Lazy l && expression(a, l.argument()) != null) {
      return lazy(l, call, a, to);
    }
    return null;
  }

  private static @Nullable Expression expression(List<Clause> a, int index) {
    return index < a.size() && a.get(index) instanceof Expression e ? e : null;
  }

  private void effectsBut(List<Clause> arguments, int skipped) {
    for (int i = 0; i < arguments.size(); i++) {
      if (i != skipped) {
        function.expressions().effect(arguments.get(i));
      }
    }
  }

  private Value ordinary(Expression.Call call, List<Value> arguments, CType type, Destination to) {
    return function.calls().emit(new Callee.Direct(Syntax.callee(call)), arguments, type, to, call);
  }

  private Value pure(Expression.Call call, Destination to) {
    List<Value> operands = new ArrayList<>();
    for (Clause argument : call.arguments()) {
      operands.add(
          argument instanceof TypeOperation type
              ? new Value.TypeOperand(function.types().typeId(type.type()))
              : function.expressions().value(argument));
    }
    return function.expressions().deliver(new Value.Compound(Syntax.callee(call), operands), to);
  }

  private List<Value> operands(Expression.Call call, int type) {
    List<Value> operands = new ArrayList<>();
    List<Clause> arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      operands.add(
          i == type
              ? new Value.TypeOperand(typeArgument(arguments.get(i)))
              : function.expressions().value(arguments.get(i)));
    }
    return operands;
  }

  private Value assertion(Idiom.Assertion assertion, List<Clause> a) {
    effectsBut(a, assertion.argument());
    CfgBuilder cfg = function.cfg();
    int dead = cfg.newBlock();
    int after = cfg.newBlock();
    function.conditions().branch((Expression) a.get(assertion.argument()), dead, after);
    cfg.start(dead);
    cfg.unreachable();
    cfg.start(after);
    return Value.ZERO;
  }

  private Value store(Idiom.Store store, Expression.Call call, Destination to) {
    List<Value> values = function.calls().arguments(call);
    Value result = ordinary(call, values, CType.UNKNOWN, to);
    Value target = values.get(store.target());
    AccessPath place = null;
    if (store.through() == Idiom.Through.PLACE && target instanceof Value.Load load) {
      place = load.path();
    } else if (store.through() == Idiom.Through.POINTER) {
      place =
          target instanceof Value.AddressOf address
              ? address.path()
              : target instanceof Value.Load load ? load.path().deref() : null;
    }
    if (place != null) {
      function.cfg().add(new Assign(place, values.get(store.value()), function.start(call)));
    }
    return result;
  }

  private Value take(Clause argument, long rest, Destination to, Position at) {
    AccessPath place = function.expressions().place((Expression) argument);
    Value taken = new Value.Load(place);
    Value result =
        switch (Wanted.of(to)) {
          case NOWHERE -> Value.ZERO;
          case AS_VALUE -> new Value.Load(function.keep(taken, at));
          case IN_PLACE -> function.expressions().deliver(taken, to);
        };
    function.cfg().add(new Assign(place, new Value.Constant(rest), at));
    return result;
  }

  private enum Wanted {
    NOWHERE,
    AS_VALUE,
    IN_PLACE;

    static Wanted of(Destination to) {
      return to instanceof Destination.Discard
          ? NOWHERE
          : to instanceof Destination.AsValue ? AS_VALUE : IN_PLACE;
    }
  }

  private Value container(Idiom.Container c, List<Clause> a, Expression.Call call, Destination to) {
    Value pointer = function.expressions().value(a.get(c.pointer()));
    Value inner = c.via().isEmpty() ? pointer : new Value.Load(through(pointer, c.via(), call));
    if (c.missing() == Idiom.Missing.NULL_POINTER && inner instanceof Value.Compound) {
      inner = new Value.Load(function.keep(inner, function.start(call)));
    }
    CType type = typeArgument(a.get(c.type()));
    Value object = new Value.ContainerOf(inner, type, Syntax.member(a.get(c.member())));
    if (c.missing() == Idiom.Missing.NEVER) {
      return function.expressions().deliver(object, to);
    }
    Condition none =
        c.missing() == Idiom.Missing.SELF
            ? new Condition(Condition.Operator.EQ, inner, pointer)
            : new Condition(Condition.Operator.EQ, inner, Value.ZERO);
    return nullOr(object, type.pointer(), none, to, function.start(call));
  }

  private Value nullOr(Value object, CType type, Condition none, Destination to, Position at) {
    CfgBuilder cfg = function.cfg();
    Destination.Into place =
        to instanceof Destination.Into into
            ? into
            : new Destination.Into(function.variables().temporary(type), at);
    int missing = cfg.newBlock();
    int found = cfg.newBlock();
    int after = cfg.newBlock();
    cfg.branch(none, missing, found, at);
    cfg.start(missing);
    function.expressions().deliver(Value.ZERO, place);
    cfg.jump(after);
    cfg.start(found);
    function.expressions().deliver(object, place);
    cfg.start(after);
    return new Value.Load(place.place());
  }

  /** The field of what a pointer points to. */
  private AccessPath through(Value pointer, String field, Node at) {
    if (pointer instanceof Value.AddressOf address) {
      return address.path().dot(field);
    }
    if (pointer instanceof Value.Load load) {
      return load.path().arrow(field);
    }
    return function.keep(pointer, function.start(at)).arrow(field);
  }

  private Value neighbour(Idiom.Neighbour n, List<Clause> a, Destination to) {
    Expression element = (Expression) a.get(n.element());
    Value object = function.expressions().value(element);
    String member = Syntax.member(a.get(n.member()));
    AccessPath node =
        object instanceof Value.Load load
            ? load.path()
            : function.keep(object, function.start(element));
    AccessPath next = node;
    String[] fields = member.split("\\.", -1);
    for (int i = 0; i < fields.length; i++) {
      next = i == 0 ? next.arrow(fields[i]) : next.dot(fields[i]);
    }
    CType type = function.types().typeOf(element);
    Value inner = new Value.Load(next.dot(n.via()));
    return function.expressions().deliver(new Value.ContainerOf(inner, type.pointee(), member), to);
  }

  private Value declare(Idiom.Declares d, Expression.Call call, List<Clause> a) {
    String unique =
        function
            .variables()
            .declare(
                Syntax.identifier(a.get(d.argument())),
                CType.struct(d.type()),
                Variable.Kind.LOCAL);
    Destination to = new Destination.Into(AccessPath.variable(unique), function.start(call));
    return ordinary(call, function.calls().arguments(call), CType.UNKNOWN, to);
  }

  /** The effects of the lazy argument happen before the call, which takes it as a formula. */
  private Value lazy(Idiom.Lazy lazy, Expression.Call call, List<Clause> a, Destination to) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      if (i == lazy.argument()) {
        function.expressions().effect(a.get(i));
        values.add(
            new FormulaLowering(function.variables()::resolve, function.types()).value(a.get(i)));
      } else {
        values.add(function.expressions().value(a.get(i)));
      }
    }
    return ordinary(call, values, CType.UNKNOWN, to);
  }

  /** The type that an argument names: a type, a typedef's bare name, or a variable's own type. */
  private CType typeArgument(Clause argument) {
    if (argument instanceof TypeOperation type) {
      return function.types().typeId(type.type());
    }
    String name = Syntax.identifier(argument);
    if (name.isEmpty()) {
      return argument instanceof Expression e
          ? function.types().typeOf(e).pointee()
          : CType.UNKNOWN;
    }
    return function.variables().isVisible(name)
        ? function.types().typeOf((Expression) argument).pointee()
        : new CType(CType.Kind.TYPEDEF, name, 0, 0);
  }
}

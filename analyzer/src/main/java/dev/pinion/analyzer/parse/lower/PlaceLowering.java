// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Cast;
import dev.pinion.analyzer.parse.syntax.Expression.Identifier;
import dev.pinion.analyzer.parse.syntax.Expression.Member;
import dev.pinion.analyzer.parse.syntax.Expression.Subscript;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Expressions to access paths. {@code (&x)->f} is {@code x.f} and {@code (*p).f} is {@code p->f}; a
 * member reached through a cast, a call or arithmetic is reached through a temporary.
 */
final class PlaceLowering {
  private final FunctionLowering function;

  PlaceLowering(FunctionLowering function) {
    this.function = function;
  }

  /** The place an expression names. */
  AccessPath place(Expression expression) {
    Expression at = Syntax.uncast(expression);
    if (at instanceof Identifier id) {
      return AccessPath.variable(function.variables().resolve(id.name()));
    }
    List<Step> backwards = new ArrayList<>(4);
    while (true) {
      boolean through = true;
      Expression inner;
      if (at instanceof Member f && f.owner() != null) {
        String field = f.name();
        through = (f.access() == Member.Access.ARROW);
        backwards.add(through ? new Step.Arrow(field) : new Step.Dot(field));
        inner = f.owner();
      } else if (at instanceof Subscript a && a.array() != null) {
        function.expressions().effect(a.index());
        backwards.add(new Step.Index());
        inner = a.array();
      } else if (at instanceof Unary u
          && u.operator() == UnaryOperator.DEREFERENCE
          && u.operand() != null) {
        backwards.add(new Step.Deref());
        inner = u.operand();
      } else {
        return append(root(at), backwards);
      }
      Expression plain = Syntax.unwrap(inner);
      if (through && !isPlace(plain)) {
        return append(pointer(plain), backwards);
      }
      at = Syntax.uncast(plain);
    }
  }

  /** {@code &operand} as a value. */
  Value addressOf(Expression operand) {
    AccessPath place = place(operand);
    List<Step> steps = place.steps();
    if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof Step.Deref) {
      return new Value.Load(place.parent());
    }
    return new Value.AddressOf(place);
  }

  private static boolean isPlace(Expression expression) {
    return expression instanceof Identifier
        || expression instanceof Member
        || expression instanceof Subscript
        || (expression instanceof Unary u && u.operator() == UnaryOperator.DEREFERENCE);
  }

  private AccessPath root(Expression e) {
    if (e instanceof Identifier id) {
      return AccessPath.variable(function.variables().resolve(id.name()));
    }
    if (e instanceof Expression.Call call
        && function.unit().idioms().of(Syntax.callee(call)) instanceof Idiom.Transparent t) {
      List<Clause> arguments = call.arguments();
      if (t.argument() < arguments.size()
          && arguments.get(t.argument()) instanceof Expression argument) {
        return place(argument);
      }
    }
    Position position = function.start(e);
    return function.keep(function.expressions().value(e), position);
  }

  /**
   * What a pointer expression points to, as the path before the step through it: a place whose
   * steps continue with {@code ->}, or, for {@code &x}, the marked place {@code x} itself.
   */
  private Pointer pointer(Expression e) {
    if (e instanceof Cast c && c.operand() != null) {
      CType type = function.types().typeId(c.type());
      AccessPath typed = function.variables().temporary(type);
      function.expressions().into(typed, c.operand(), function.start(e));
      return new Pointer(typed, Means.POINTER);
    }
    Value value = function.expressions().value(e);
    if (value instanceof Value.Load load) {
      return new Pointer(load.path(), Means.POINTER);
    }
    if (value instanceof Value.AddressOf address) {
      return new Pointer(address.path(), Means.OBJECT);
    }
    return new Pointer(function.keep(value, function.start(e)), Means.POINTER);
  }

  private enum Means {
    /** The path holds a pointer to the object. */
    POINTER,
    /** The path is the object. */
    OBJECT
  }

  private record Pointer(AccessPath path, Means means) {}

  /** Steps through a pointer; the last of {@code backwards} is the one through it. */
  private static AccessPath append(Pointer pointer, List<Step> backwards) {
    if (pointer.means() == Means.POINTER) {
      return append(pointer.path(), backwards);
    }
    Step through = backwards.get(backwards.size() - 1);
    List<Step> rest = backwards.subList(0, backwards.size() - 1);
    AccessPath start =
        through instanceof Step.Arrow a ? pointer.path().dot(a.name()) : pointer.path();
    return append(start, rest);
  }

  private static AccessPath append(AccessPath start, List<Step> backwards) {
    if (backwards.isEmpty()) {
      return start;
    }
    if (start.steps().isEmpty() && backwards.size() == 1) {
      return new AccessPath(start.root(), List.of(backwards.get(0)));
    }
    List<Step> forwards = new ArrayList<>(backwards);
    Collections.reverse(forwards);
    return extend(start, forwards);
  }

  /** The place reached by more steps; {@code (*p).f} is {@code p->f}. */
  static AccessPath extend(AccessPath start, List<Step> forwards) {
    List<Step> steps = new ArrayList<>(start.steps().size() + forwards.size());
    steps.addAll(start.steps());
    for (Step step : forwards) {
      int last = steps.size() - 1;
      if (step instanceof Step.Dot d && last >= 0 && steps.get(last) instanceof Step.Deref) {
        steps.set(last, new Step.Arrow(d.name()));
      } else {
        steps.add(step);
      }
    }
    return new AccessPath(start.root(), steps);
  }
}

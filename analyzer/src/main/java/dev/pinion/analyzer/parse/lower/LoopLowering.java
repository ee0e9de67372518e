// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction.Assign;
import dev.pinion.analyzer.ir.Instruction.Call;
import dev.pinion.analyzer.ir.Instruction.CallKind;
import dev.pinion.analyzer.ir.Instruction.Callee;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Statement;
import dev.pinion.analyzer.parse.syntax.Statement.DeclarationStatement;
import dev.pinion.analyzer.parse.syntax.Statement.Do;
import dev.pinion.analyzer.parse.syntax.Statement.Empty;
import dev.pinion.analyzer.parse.syntax.Statement.For;
import dev.pinion.analyzer.parse.syntax.Statement.While;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loops of C, and loop macros, which arrive as {@code for (; macro(…); ) body}. */
final class LoopLowering {
  private final FunctionLowering function;
  private final LocalLowering locals;

  LoopLowering(FunctionLowering function, LocalLowering locals) {
    this.function = function;
    this.locals = locals;
  }

  void whileLoop(While s) {
    CfgBuilder cfg = function.cfg();
    int head = cfg.newBlock();
    int body = cfg.newBlock();
    int after = cfg.newBlock();
    cfg.start(head);
    function.conditions().branch(s.condition(), body, after);
    cfg.start(body);
    body(s.body(), after, head);
    cfg.jump(head);
    cfg.start(after);
  }

  void doLoop(Do s) {
    CfgBuilder cfg = function.cfg();
    int body = cfg.newBlock();
    int test = cfg.newBlock();
    int after = cfg.newBlock();
    cfg.start(body);
    body(s.body(), after, test);
    cfg.start(test);
    function.conditions().branch(s.condition(), body, after);
    cfg.start(after);
  }

  void forLoop(For s) {
    if (s.condition() instanceof Expression.Call call && isLoopMacro(s, call)) {
      macroLoop(s, call);
      return;
    }
    CfgBuilder cfg = function.cfg();
    Scopes.Scope scope = function.scopes().enter();
    initial(s.initial());
    int head = cfg.newBlock();
    int body = cfg.newBlock();
    int next = cfg.newBlock();
    int after = cfg.newBlock();
    cfg.start(head);
    function.conditions().branch(s.condition(), body, after);
    cfg.start(body);
    body(s.body(), after, next);
    cfg.start(next);
    if (s.step() != null) {
      function.expressions().effect(s.step());
    }
    cfg.jump(head);
    cfg.start(after);
    function.scopes().leave(scope, function.unit().positions().end(s));
  }

  private void initial(Statement statement) {
    if (statement instanceof DeclarationStatement d) {
      locals.declaration(d.declaration());
    } else {
      function.statements().statement(statement);
    }
  }

  private void body(Statement body, int breakTarget, int continueTarget) {
    function.scopes().enterLoop(breakTarget, continueTarget);
    function.statements().statement(body);
    function.scopes().leaveLoop();
  }

  /**
   * A loop macro's {@code for (;} is not in the file, so the loop and its condition start at the
   * same place there; in a real loop the condition comes later.
   */
  private boolean isLoopMacro(For s, Expression.Call call) {
    boolean bare = s.step() == null && (s.initial() == null || s.initial() instanceof Empty);
    return bare && s.first() == call.first();
  }

  private void macroLoop(For s, Expression.Call call) {
    Idiom idiom = function.unit().idioms().of(Syntax.callee(call));
    if (idiom instanceof Idiom.ScopedGuard && call.arguments().size() > 0) {
      scopedGuard(s, call);
    } else if (idiom instanceof Idiom.ScopedConditionalGuard && call.arguments().size() > 1) {
      scopedConditionalGuard(s, call);
    } else if (idiom instanceof Idiom.DeclaredCursor d && d.cursor() < call.arguments().size()) {
      declaredCursor(d, s, call);
    } else {
      iterator(s, call, idiom instanceof Idiom.Cursor c ? c : null);
    }
  }

  /** {@code break} and {@code continue} both end the guarded statement: it is a loop of one. */
  private void scopedGuard(For s, Expression.Call call) {
    CfgBuilder cfg = function.cfg();
    String name = Syntax.identifier(call.arguments().get(0));
    int after = cfg.newBlock();
    function.scopes().enterLoop(after, after);
    Scopes.Scope scope = function.scopes().enter();
    boolean mayFail = function.unit().idioms().isConditionalGuard(name);
    Value held =
        function
            .scopes()
            .guard(
                name, arguments(call, 1), mayFail ? Destination.VALUE : Destination.DISCARD, call);
    if (mayFail) {
      int body = cfg.newBlock();
      function.conditions().branch(held, body, after, call);
      cfg.start(body);
    }
    function.statements().statement(s.body());
    function.scopes().leave(scope, function.unit().positions().end(s));
    function.scopes().leaveLoop();
    cfg.start(after);
  }

  private void scopedConditionalGuard(For s, Expression.Call call) {
    CfgBuilder cfg = function.cfg();
    String name = Syntax.identifier(call.arguments().get(0));
    List<Value> arguments = arguments(call, 2);
    Value held =
        function
            .calls()
            .emit(
                new Callee.Direct("guard(" + name + ")"),
                arguments,
                CType.INT,
                Destination.VALUE,
                call);
    int body = cfg.newBlock();
    int failed = cfg.newBlock();
    int after = cfg.newBlock();
    function.conditions().branch(held, body, failed, call);
    cfg.start(failed);
    function.expressions().effect(call.arguments().get(1));
    cfg.jump(after);
    cfg.start(body);
    function.scopes().enterLoop(after, after);
    Scopes.Scope scope = function.scopes().enter();
    function.scopes().onLeave("~guard(" + name + ")", arguments);
    function.statements().statement(s.body());
    function.scopes().leave(scope, function.unit().positions().end(s));
    function.scopes().leaveLoop();
    cfg.start(after);
  }

  private List<Value> arguments(Expression.Call call, int from) {
    List<Clause> all = call.arguments();
    List<Value> values = new ArrayList<>();
    for (int i = from; i < all.size(); i++) {
      values.add(function.expressions().value(all.get(i)));
    }
    return values;
  }

  private void declaredCursor(Idiom.DeclaredCursor d, For s, Expression.Call call) {
    Scopes.Scope scope = function.scopes().enter();
    String cursor = Syntax.identifier(call.arguments().get(d.cursor()));
    String unique =
        function.variables().declare(cursor, CType.struct(d.type()).pointer(), Variable.Kind.LOCAL);
    function.scopes().onLeave("__free(" + d.cleanup() + ")", List.of(Value.load(unique)));
    iterator(s, call, new Idiom.Cursor(d.cursor(), List.of()));
    function.scopes().leave(scope, function.unit().positions().end(s));
  }

  private void iterator(For s, Expression.Call call, Idiom.@Nullable Cursor row) {
    CfgBuilder cfg = function.cfg();
    Position position = function.start(call);
    int head = cfg.newBlock();
    int body = cfg.newBlock();
    int after = cfg.newBlock();
    cfg.start(head);
    List<Value> arguments = function.calls().arguments(call);
    Optional<AccessPath> cursor = cursor(arguments, row);
    cursor.ifPresent(c -> function.variables().assigned(c.root()));
    cfg.add(
        new Call(
            cursor,
            new Callee.Direct(Syntax.callee(call)),
            arguments,
            CallKind.ITERATOR,
            position));
    cfg.iterate(body, after, position);
    cfg.start(body);
    if (row != null) {
      for (int also : row.also()) {
        if (also < arguments.size() && arguments.get(also) instanceof Value.Load load) {
          Value current = cursor.<Value>map(Value.Load::new).orElse(Value.ZERO);
          Value next = new Value.Compound("next", List.of(current));
          cfg.add(new Assign(load.path(), next, position));
        }
      }
    }
    body(s.body(), after, head);
    cfg.jump(head);
    cfg.start(after);
  }

  /**
   * The place each round assigns: what the row says, else the first local that has no value yet,
   * because what is walked over has one; else the first local.
   */
  private Optional<AccessPath> cursor(List<Value> arguments, Idiom.@Nullable Cursor row) {
    if (row != null) {
      return row.cursor() < arguments.size()
              && arguments.get(row.cursor()) instanceof Value.Load load
          ? Optional.of(load.path())
          : Optional.empty();
    }
    Variables variables = function.variables();
    String chosen = null;
    for (Value argument : arguments) {
      if (argument instanceof Value.Load l
          && l.path().isVariable()
          && variables.isLocal(l.path().root())) {
        String candidate = l.path().root();
        boolean fresh = !variables.isAssigned(candidate);
        if (chosen == null || (fresh && variables.isAssigned(chosen))) {
          chosen = candidate;
        }
      }
    }
    return Optional.ofNullable(chosen).map(AccessPath::variable);
  }
}

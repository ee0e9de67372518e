// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Instruction.Call;
import dev.pinion.analyzer.ir.Instruction.CallKind;
import dev.pinion.analyzer.ir.Instruction.Callee;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Node;
import dev.pinion.analyzer.parse.syntax.Statement.Goto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Scopes and the jumps out of them. Whoever leaves a scope, by falling through, return, break,
 * continue or goto, calls its cleanups, innermost first.
 */
final class Scopes {
  private final FunctionLowering function;
  private final Deque<Target> breaks = new ArrayDeque<>();
  private final Deque<Target> continues = new ArrayDeque<>();
  private final Map<String, Target> labels = new TreeMap<>();
  private final Set<String> addressTaken = new TreeSet<>();
  private final List<Goto> gotos = new ArrayList<>();
  private final List<Computed> computed = new ArrayList<>();
  private @Nullable Cleanup cleanups;

  /** Where a jump goes, and the cleanups that are still open there. */
  private record Target(int block, @Nullable Cleanup cleanups) {}

  /** A goto whose label may still come; its block is filled in at the end. */
  private record Goto(int block, String label, @Nullable Cleanup cleanups, Position position) {}

  /** {@code goto *value}. */
  private record Computed(int block, Value value, Position position) {}

  /** An open scope; hand it to {@link #leave}. */
  record Scope(int variables, @Nullable Cleanup cleanups) {}

  Scopes(FunctionLowering function) {
    this.function = function;
  }

  Scope enter() {
    return new Scope(function.variables().enter(), cleanups);
  }

  /** Ends a scope; control falls through its end if it gets there. */
  void leave(Scope scope, Position end) {
    emit(cleanups, scope.cleanups(), end);
    cleanups = scope.cleanups();
    function.variables().leave(scope.variables());
  }

  /** Whether the scope has cleanups that {@link #leave} will call. */
  boolean hasCleanups(Scope scope) {
    return cleanups != scope.cleanups();
  }

  /** From here on, leaving the current scope calls {@code callee}. */
  void onLeave(String callee, List<Value> arguments) {
    cleanups = Cleanup.push(cleanups, callee, arguments);
  }

  private void emit(@Nullable Cleanup from, @Nullable Cleanup to, Position position) {
    for (Cleanup c = from; c != null && c != to; c = c.outer()) {
      function
          .cfg()
          .add(
              new Call(
                  Optional.empty(),
                  new Callee.Direct(c.callee()),
                  c.arguments(),
                  CallKind.CLEANUP,
                  position));
    }
  }

  /** {@code guard(name)(…)} and {@code CLASS(name, variable)(…)}; false if it is neither. */
  boolean open(Expression.Call head, Expression.Call call) {
    Idiom idiom = function.unit().idioms().of(Syntax.callee(head));
    List<Clause> names = head.arguments();
    String name = names.size() == 0 ? "" : Syntax.identifier(names.get(0));
    if (name.isEmpty()) {
      return false;
    }
    if (idiom instanceof Idiom.Guard) {
      List<Value> arguments = function.calls().arguments(call);
      guard(name, arguments, Destination.DISCARD, call);
      return true;
    }
    if (idiom instanceof Idiom.ScopedClass && names.size() > 1) {
      String variable = Syntax.identifier(names.get(1));
      List<Value> arguments = function.calls().arguments(call);
      openClass(name, variable, arguments, call);
      return true;
    }
    return false;
  }

  /** Acquires a guard now and releases it at the end of the current scope. */
  Value guard(String name, List<Value> arguments, Destination to, Node at) {
    Value result =
        function
            .calls()
            .emit(new Callee.Direct("guard(" + name + ")"), arguments, CType.INT, to, at);
    onLeave("~guard(" + name + ")", arguments);
    return result;
  }

  private void openClass(String name, String variable, List<Value> arguments, Node at) {
    String unique = function.variables().declare(variable, CType.UNKNOWN, Variable.Kind.LOCAL);
    AccessPath place = AccessPath.variable(unique);
    Destination to = new Destination.Into(place, function.start(at));
    function
        .calls()
        .emit(new Callee.Direct("class(" + name + ")"), arguments, CType.UNKNOWN, to, at);
    onLeave("~class(" + name + ")", List.of(new Value.Load(place)));
  }

  /** Opens a loop: where break and continue lead while it is open. */
  void enterLoop(int breakTarget, int continueTarget) {
    breaks.push(new Target(breakTarget, cleanups));
    continues.push(new Target(continueTarget, cleanups));
  }

  void leaveLoop() {
    breaks.pop();
    continues.pop();
  }

  void enterSwitch(int breakTarget) {
    breaks.push(new Target(breakTarget, cleanups));
  }

  void leaveSwitch() {
    breaks.pop();
  }

  void breakOut(Position position) {
    leaveTo(breaks.peek(), position);
  }

  void continueLoop(Position position) {
    leaveTo(continues.peek(), position);
  }

  private void leaveTo(@Nullable Target target, Position position) {
    if (target == null) {
      function.cfg().unreachable();
      return;
    }
    emit(cleanups, target.cleanups(), position);
    function.cfg().jump(target.block());
  }

  /** Returns; the value is read before the cleanups run. */
  void leaveFunction(Optional<Value> value, Position position) {
    Optional<Value> result = value;
    if (cleanups != null && value.isPresent() && !survivesCleanups(value.get())) {
      result = Optional.of(new Value.Load(function.keep(value.get(), position)));
    }
    emit(cleanups, null, position);
    function.cfg().ret(result, position);
  }

  /** Whether a value reads the same after the cleanups: constants and plain locals do. */
  private boolean survivesCleanups(Value value) {
    if (value instanceof Value.Load load) {
      return load.path().isVariable()
          && (function.variables().typeOf(load.path().root()) != null
              || isMacroName(load.path().root()));
    }
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream().allMatch(this::survivesCleanups);
    }
    return value instanceof Value.Constant
        || value instanceof Value.Text
        || (value instanceof Value.AddressOf address && address.path().isVariable());
  }

  private static boolean isMacroName(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT));
  }

  void label(String name) {
    int block = function.cfg().newBlock();
    function.cfg().start(block);
    labels.putIfAbsent(name, new Target(block, cleanups));
  }

  void labelAddressTaken(String name) {
    addressTaken.add(name);
  }

  void jumpTo(String label, Position position) {
    int block = function.cfg().newBlock();
    function.cfg().jump(block);
    gotos.add(new Goto(block, label, cleanups, position));
  }

  void jumpToComputed(Value value, Position position) {
    int block = function.cfg().newBlock();
    function.cfg().jump(block);
    computed.add(new Computed(block, value, position));
  }

  /** Connects every goto with its label, once all labels are known. */
  void connect() {
    for (Goto jump : gotos) {
      Target target = labels.get(jump.label());
      function.cfg().start(jump.block());
      if (target == null) {
        function.cfg().unreachable();
      } else {
        emit(jump.cleanups(), Cleanup.common(jump.cleanups(), target.cleanups()), jump.position());
        function.cfg().jump(target.block());
      }
    }
    for (Computed jump : computed) {
      function.cfg().start(jump.block());
      connect(jump);
    }
  }

  private void connect(Computed jump) {
    List<Integer> targets = new ArrayList<>();
    for (String label : addressTaken) {
      Target target = labels.get(label);
      if (target != null) {
        targets.add(target.block());
      }
    }
    if (targets.isEmpty()) {
      function.cfg().unreachable();
      return;
    }
    int last = targets.remove(targets.size() - 1);
    List<Terminator.Case> cases =
        targets.stream().map(t -> new Terminator.Case(OptionalLong.empty(), t)).toList();
    function.cfg().choose(jump.value(), cases, last, jump.position());
  }
}

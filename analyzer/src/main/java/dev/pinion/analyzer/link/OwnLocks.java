// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.dataflow.LockAnalysis;
import dev.pinion.analyzer.dataflow.LockEffect;
import dev.pinion.analyzer.dataflow.LockState;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.facts.LockFacts;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.Api;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Locks that a function takes itself and that cannot be taken twice: whoever calls it does not hold
 * them, as it would wait for itself. An acquisition that hangs on a number that is passed ({@code
 * if (!rtnl_held)}) says nothing, nor does one that comes after the lock was given back.
 *
 * <p>That of two locks of one member in two objects one may be held while the other is taken is
 * known to lockdep only where the code says so, by a {@code _nested} call, which does not count; of
 * a wrapper around a member's lock it is not known.
 */
final class OwnLocks {
  /** A lock that a callee takes counts; what that one's callees take does as well, and no more. */
  private static final int MAX_LEVELS = 2;

  private final Program program;
  private final LockIdentity identity;

  OwnLocks(Program program) {
    this.program = program;
    this.identity = new LockIdentity(program);
  }

  /** Where the function, or one that it calls, takes the lock; empty if its callers may have it. */
  Optional<Location> taking(FunctionRef function, String lock) {
    return taking(function, lock, MAX_LEVELS);
  }

  private Optional<Location> taking(FunctionRef function, String lock, int levels) {
    return program.memo(
        List.of("OwnLocks", function, lock, levels), () -> find(function, lock, levels));
  }

  private Optional<Location> find(FunctionRef function, String lock, int levels) {
    if (isDemanded(function, lock)) {
      return Optional.empty();
    }
    Optional<Location> here = Optional.ofNullable(direct(function).get(lock));
    return here.isPresent() || levels == 0 ? here : inCallee(function, lock, levels);
  }

  /** Whether the function asserts somewhere that its callers hold the lock. */
  boolean isDemanded(FunctionRef function, String lock) {
    return program.facts(function).locks().demands().stream()
        .flatMap(d -> identity.of(d, function.file()).stream())
        .anyMatch(l -> l.identity().equals(lock));
  }

  /** The locks that the function's own body takes, with where. */
  private Map<String, Location> direct(FunctionRef function) {
    return program.memo(
        List.of("OwnLocks.direct", function),
        () -> {
          Map<String, Location> all = new TreeMap<>();
          if (touchesLocks(function)) {
            forEachCall(
                function,
                (call, before, body) ->
                    taken(function, call, body)
                        .filter(l -> !givenBack(function, body, before, l.identity()))
                        .ifPresent(l -> all.putIfAbsent(l.identity(), l.where())));
          }
          return all;
        });
  }

  private boolean touchesLocks(FunctionRef function) {
    return program.facts(function).callees().stream()
            .anyMatch(c -> program.model().find("lock", c).isPresent())
        || LockWrappers.of(program).areCalledIn(function);
  }

  private interface Visitor {
    void visit(Instruction.Call call, LockState before, Contexts.Body body);
  }

  /** Shows the calls that do not hang on a number that is passed. */
  private void forEachCall(FunctionRef function, Visitor visitor) {
    Contexts.Body body = Contexts.of(program).body(function);
    Solution<Set<Condition>> conditions = SureConditions.of(body.function());
    if (!body.locks().complete() || !conditions.complete()) {
      return;
    }
    Set<Instruction> asked = new HashSet<>();
    conditions.forEach(
        (block, instruction, sure) -> {
          if (sure.stream().anyMatch(c -> isAsked(body.function(), c))) {
            asked.add(instruction);
          }
        });
    body.locks()
        .forEach(
            (block, instruction, before) -> {
              if (instruction instanceof Instruction.Call call && !asked.contains(call)) {
                visitor.visit(call, before, body);
              }
            });
  }

  private static boolean isAsked(Function function, Condition condition) {
    return reads(function, condition.left()) || reads(function, condition.right());
  }

  private static boolean reads(Function function, Value value) {
    if (value instanceof Value.Load load) {
      return load.path().isVariable()
          && function
              .variable(load.path().root())
              .filter(v -> v.kind() == Variable.Kind.PARAMETER)
              .filter(v -> v.type().pointers() == 0)
              .isPresent();
    }
    return value instanceof Value.Compound compound
        && compound.operands().stream().anyMatch(o -> reads(function, o));
  }

  private Optional<TypedLock> taken(
      FunctionRef function, Instruction.Call call, Contexts.Body body) {
    Optional<Api> api = program.model().find("lock", call.name());
    if (api.isPresent()) {
      boolean excludes =
          api.get().operation().equals("deny")
              || (api.get().operation().equals("acquire") && !api.get().is("nested"));
      return excludes
          ? ((LockAnalysis) body.locks().analysis())
              .named(call)
              .filter(l -> l.mode() == HeldLock.Mode.EXCLUSIVE)
              .flatMap(l -> identity.of(LockFacts.Held.of(l, body.typing()), function.file()))
          : Optional.empty();
    }
    for (LockEffect effect : LockWrappers.of(program).effects(call.name(), function.file())) {
      if (effect.kind() == LockEffect.Kind.ACQUIRE && effect.mode() == HeldLock.Mode.EXCLUSIVE) {
        return ((LockAnalysis) body.locks().analysis())
            .left(effect, call)
            .flatMap(l -> identity.of(LockFacts.Held.of(l, body.typing()), function.file()))
            .filter(l -> l.scope() == TypedLock.Scope.GLOBAL);
      }
    }
    return Optional.empty();
  }

  private boolean givenBack(
      FunctionRef function, Contexts.Body body, LockState before, String lock) {
    return before.released().values().stream()
        .map(l -> identity.of(LockFacts.Held.of(l, body.typing()), function.file()))
        .anyMatch(l -> l.isEmpty() || l.get().identity().equals(lock));
  }

  /** A callee that surely has taken the lock where it calls on; facts spare most bodies. */
  private Optional<Location> inCallee(FunctionRef function, String lock, int levels) {
    Set<String> takers = new HashSet<>();
    for (String name : program.facts(function).callees()) {
      program
          .resolve(name, function.file())
          .filter(c -> !c.equals(function) && holdsAtCalls(c, lock))
          .flatMap(c -> taking(c, lock, levels - 1))
          .ifPresent(l -> takers.add(name));
    }
    if (takers.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Location> first = new TreeMap<>();
    forEachCall(
        function,
        (call, before, body) -> {
          if (takers.contains(call.name())
              && before.locks().values().stream().noneMatch(l -> isLock(function, body, l, lock))
              && !givenBack(function, body, before, lock)) {
            first.putIfAbsent(lock, Location.of(function.file(), call.position()));
          }
        });
    return Optional.ofNullable(first.get(lock));
  }

  private boolean isLock(FunctionRef function, Contexts.Body body, HeldLock held, String lock) {
    return identity
        .of(LockFacts.Held.of(held, body.typing()), function.file())
        .filter(l -> l.identity().equals(lock))
        .isPresent();
  }

  private boolean holdsAtCalls(FunctionRef callee, String lock) {
    return program.facts(callee).locks().regions().stream()
        .flatMap(r -> r.locks().stream())
        .filter(l -> l.claim() == HeldLock.Claim.TAKEN)
        .flatMap(l -> identity.of(l, callee.file()).stream())
        .anyMatch(l -> l.identity().equals(lock));
  }
}

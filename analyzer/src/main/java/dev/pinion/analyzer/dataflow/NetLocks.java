// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.dataflow.LockEffect.Kind;
import dev.pinion.analyzer.dataflow.LockEffect.Place;
import dev.pinion.analyzer.dataflow.LockEffect.When;
import dev.pinion.analyzer.dataflow.LockState.Pending;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a function leaves behind for its caller: locks it holds on every return, on every one with a
 * zero or with another result, or on some; and those it may have given back. A lock that hangs on
 * one of the function's own variables means nothing to a caller and is left out.
 */
public final class NetLocks {
  /** What is told of locks and sections that a callee may have left behind. */
  public enum OfCallees {
    /** Only what the function itself may leave behind counts. */
    IGNORED,
    /** What its callees may leave behind, it may as well. */
    PASSED_ON
  }

  private NetLocks() {}

  /** The effects of a call; ends come first, as in "drop it and take it again". */
  public static List<LockEffect> of(
      Function function, Solution<LockState> solution, OfCallees ofCallees) {
    if (!solution.complete()) {
      return List.of();
    }
    List<Exit> exits = exits(function, solution);
    List<HeldLock> givenBack = ((LockAnalysis) solution.analysis()).givenBack();
    if (givenBack.isEmpty() && exits.stream().noneMatch(Exit::saysSomething)) {
      return List.of(); // So it is for most functions that take a lock: they give it back.
    }
    ReturnedZero zero = ReturnedZero.of(function);
    Optional<LockState> ifZero = common(exits, zero, Pending.When.ZERO);
    Optional<LockState> ifNot = common(exits, zero, Pending.When.NON_ZERO);
    Optional<LockState> always = meet(ifZero, ifNot);
    if (always.isEmpty()) {
      return List.of();
    }
    List<LockEffect> effects = new ArrayList<>();
    LockState exit = always.get();
    givenBack.stream()
        .filter(l -> !exit.locks().containsKey(l.name()) && !exit.released().containsKey(l.name()))
        .forEach(l -> add(Kind.RELEASE, When.ALWAYS, l, function, effects));
    exit.released().values().forEach(l -> add(Kind.RELEASE, When.ALWAYS, l, function, effects));
    exit.left().values().forEach(s -> add(Kind.LEAVE, s, effects));
    taken(exit).forEach(l -> add(Kind.ACQUIRE, When.ALWAYS, l, function, effects));
    exit.sections().values().forEach(s -> add(Kind.ENTER, s, effects));
    addMore(When.ZERO, ifZero, exit, function, effects);
    addMore(When.NON_ZERO, ifNot, exit, function, effects);
    addMaybe(exit, function, ofCallees, effects);
    return effects;
  }

  /** Locks that are held for some results only. */
  private static void addMore(
      When when,
      Optional<LockState> then,
      LockState always,
      Function function,
      List<LockEffect> into) {
    then.stream()
        .flatMap(s -> taken(s).stream())
        .filter(l -> !always.locks().containsKey(l.name()))
        .forEach(l -> add(Kind.ACQUIRE, when, l, function, into));
  }

  /** What is left held under a condition that the result does not tell. */
  private static void addMaybe(
      LockState exit, Function function, OfCallees ofCallees, List<LockEffect> into) {
    boolean all = ofCallees == OfCallees.PASSED_ON;
    exit.maybe().values().stream()
        .filter(l -> !exit.locks().containsKey(l.name()))
        .filter(
            l ->
                l.claim() == HeldLock.Claim.TAKEN
                    || (all && l.claim() == HeldLock.Claim.LEFT_MAYBE))
        .forEach(l -> addUnlessKnown(l, function, into));
    exit.nesting()
        .forEach(
            (flavour, nesting) -> {
              boolean open = (all ? nesting.most() : nesting.own()) > 0;
              if (open && !exit.sections().containsKey(flavour)) {
                add(Kind.MAYBE, new Section(flavour, function.position()), into);
              }
            });
  }

  private static void addUnlessKnown(HeldLock lock, Function function, List<LockEffect> into) {
    List<LockEffect> one = new ArrayList<>(1);
    add(Kind.MAYBE, When.ALWAYS, lock, function, one);
    one.removeIf(
        e -> into.stream().anyMatch(k -> k.kind() == Kind.ACQUIRE && k.lock().equals(e.lock())));
    into.addAll(one);
  }

  private static List<HeldLock> taken(LockState state) {
    return state.locks().values().stream().filter(l -> l.claim() == HeldLock.Claim.TAKEN).toList();
  }

  private static Optional<LockState> meet(Optional<LockState> left, Optional<LockState> right) {
    return left.isEmpty() ? right : Optional.of(right.map(left.get()::meet).orElse(left.get()));
  }

  /** A return that a path comes to, and what holds there. */
  private record Exit(BasicBlock block, Terminator.Return end, LockState state) {
    /** Whether it may leave anything behind: a lock may also hang on the result. */
    boolean saysSomething() {
      return state.saysSomething()
          || !state.pending().isEmpty()
          || !state.maybe().isEmpty()
          || !state.nesting().isEmpty();
    }

    /** What holds if the result has an outcome. */
    LockState given(Pending.When outcome) {
      return end.value().isPresent() && end.value().get() instanceof Value.Load load
          ? state.decided(load.path().toString(), outcome)
          : state;
    }
  }

  private static List<Exit> exits(Function function, Solution<LockState> solution) {
    List<Exit> exits = new ArrayList<>();
    for (BasicBlock block : function.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Return end) {
        solution.exit(block.id()).ifPresent(s -> exits.add(new Exit(block, end, s)));
      }
    }
    return exits;
  }

  /** What holds on all returns that may have such a result; empty if none may. */
  private static Optional<LockState> common(
      List<Exit> exits, ReturnedZero zero, Pending.When outcome) {
    Optional<LockState> common = Optional.empty();
    for (Exit exit : exits) {
      if (zero.may(exit.block(), exit.end(), outcome)) {
        common = meet(common, Optional.of(exit.given(outcome)));
      }
    }
    return common;
  }

  private static void add(
      Kind kind, When when, HeldLock lock, Function function, List<LockEffect> into) {
    Optional<Place> place =
        lock.path().isEmpty()
            ? Optional.of(new Place(-1, lock.name(), List.of()))
            : place(lock.path().get(), function);
    place.ifPresent(p -> into.add(new LockEffect(kind, p, lock.mode(), "", when)));
  }

  /** Sections of SRCU are named by their {@code srcu_struct}, which is not followed to callers. */
  private static void add(Kind kind, Section section, List<LockEffect> into) {
    if (!section.flavour().startsWith("srcu:")) {
      into.add(
          new LockEffect(kind, Place.NONE, HeldLock.Mode.SHARED, section.flavour(), When.ALWAYS));
    }
  }

  private static Optional<Place> place(AccessPath path, Function function) {
    Optional<Variable> variable = function.variable(path.root());
    if (variable.isEmpty()) {
      return path.isTemporary()
          ? Optional.empty()
          : Optional.of(new Place(-1, path.root(), path.steps()));
    }
    return variable.get().kind() == Variable.Kind.PARAMETER
        ? Optional.of(new Place(function.parameterIndex(path.root()), "", path.steps()))
        : Optional.empty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.teardown;

import dev.pinion.analyzer.dataflow.SureConditions;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Descent;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.Takings;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.rule.Excuse;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be said of a lock that is held and taken again: whether it is one lock, and whether it
 * is surely still held by then.
 *
 * @param function who holds it
 * @param call by which it hands on, or waits for, an object
 * @param object what the function hands on, in its names
 * @param start the function that gets the object as its first parameter
 * @param passed the member of the object that it gets instead, or empty
 */
record CollisionJudge(
    Program program,
    FunctionRef function,
    Instruction.Call call,
    Value object,
    FunctionRef start,
    String passed) {
  /**
   * What is said of one collision.
   *
   * @param excuse why it is none
   * @param doubt why it may be none
   */
  record Verdict(Collision collision, Optional<Excuse> excuse, Optional<String> doubt) {
    boolean isSure() {
      return excuse.isEmpty() && doubt.isEmpty();
    }
  }

  private static final String MORE_WAYS =
      "on the way that was looked at it is none, and there may be others";

  /** The one to tell: one without a doubt, or else the first that nothing excuses, or the first. */
  static Optional<Verdict> worst(List<Verdict> all) {
    return all.stream()
        .filter(Verdict::isSure)
        .findFirst()
        .or(() -> all.stream().filter(v -> v.excuse().isEmpty()).findFirst())
        .or(() -> all.stream().findFirst());
  }

  Verdict judge(Collision collision) {
    Verdict verdict = judgeWay(collision);
    if (verdict.excuse().isPresent()) {
      return verdict;
    }
    Descent.Reached way = collision.reached();
    OpenWays ways = OpenWays.of(program, way, collision.taken().call());
    Optional<Descent.Reached> open = ways.instead(way);
    if (open.isEmpty()) {
      return new Verdict(collision, Optional.of(ways.closed(way)), Optional.empty());
    }
    if (open.get().equals(way)) {
      return verdict;
    }
    Verdict other = judgeWay(new Collision(collision.held(), open.get(), collision.taken()));
    return other.excuse().isEmpty()
        ? other
        : new Verdict(other.collision(), Optional.empty(), Optional.of(MORE_WAYS));
  }

  private Verdict judgeWay(Collision collision) {
    DescentStory descents = new DescentStory(program);
    Sameness same = sameness(collision, descents.retrace());
    Optional<Excuse> excuse =
        descents
            .givenBack(collision)
            .map(p -> new Excuse("given-back", "the lock may be given back first", List.of(p)))
            .or(() -> same == Sameness.OTHER ? Optional.of(other(collision)) : Optional.empty());
    Optional<String> doubt =
        descents
            .choice(function, object, collision.reached())
            .or(() -> underParameter(collision, descents))
            .or(
                () ->
                    same == Sameness.UNKNOWN && !BackPointer.isCleared(program, this, collision)
                        ? Optional.of("that it is the lock of the same object is not shown")
                        : Optional.empty())
            .or(() -> retaken(collision.held()));
    return new Verdict(collision, excuse, doubt);
  }

  private Sameness sameness(Collision collision, Retrace retrace) {
    TypedLock lock = collision.held().lock();
    Optional<AccessPath> taken = collision.taken().path();
    if (lock.scope() == TypedLock.Scope.GLOBAL && !lock.identity().startsWith("struct ")) {
      return taken.filter(CollisionJudge::isIndexed).isPresent() ? Sameness.UNKNOWN : Sameness.SAME;
    }
    Optional<AccessPath> held = held(collision.held());
    if (taken.isEmpty()
        || isIndexed(taken.get())
        || held.filter(CollisionJudge::isIndexed).isPresent()) {
      return Sameness.UNKNOWN;
    }
    Set<AccessPath> above = retrace.toStart(collision.reached(), taken.get());
    if (lock.scope() == TypedLock.Scope.GLOBAL) {
      // A member of a global variable, of which there may be several.
      return held.isPresent() && above.equals(Set.of(held.get()))
          ? Sameness.SAME
          : Sameness.UNKNOWN;
    }
    Sameness same = Sameness.of(program, object, held, start, passed, above);
    return same == Sameness.UNKNOWN && isSameOnOneWay(collision.held(), above)
        ? Sameness.SAME
        : same;
  }

  /** Whether some caller that holds it names the lock that is taken. */
  private boolean isSameOnOneWay(LockPlaces.Held held, Set<AccessPath> taken) {
    return held.path().isEmpty()
        && new CallerLock(program)
            .paths(function, call, held.lock().identity()).stream()
                .filter(p -> !isIndexed(p))
                .map(p -> Sameness.of(program, object, Optional.of(p), start, passed, taken))
                .anyMatch(Sameness.SAME::equals);
  }

  /** Of an array only some element is known. */
  private static boolean isIndexed(AccessPath path) {
    return path.steps().stream().anyMatch(s -> s instanceof Step.Index);
  }

  /** The path of a held lock, one of callers as this function can name it. */
  Optional<AccessPath> held(LockPlaces.Held held) {
    return held.path().or(() -> new CallerLock(program).path(function, held.lock().identity()));
  }

  private static Excuse other(Collision collision) {
    return new Excuse(
        "other-object",
        "what is taken is the lock of another object",
        List.of(
            new Related(collision.location(), "the lock that is taken here lies elsewhere in it")));
  }

  /** A lock of callers that the function itself takes as well may be given back in between. */
  private Optional<String> retaken(LockPlaces.Held held) {
    return held.path().isEmpty()
            && Takings.of(program).in(function).containsKey(held.lock().identity())
        ? Optional.of(
            function.name()
                + "() takes the lock itself as well, and may have given it back by then")
        : Optional.empty();
  }

  /** {@code if (!rtnl_held) rtnl_lock();}: its callers say whether it is to be taken. */
  private Optional<String> underParameter(Collision collision, DescentStory descents) {
    FunctionRef taker = collision.reached().function();
    if (isUnderFlag(taker, collision.taken().call())) {
      return Optional.of(taker.name() + "() takes the lock only if a parameter tells it to");
    }
    for (Descent.Step step : collision.reached().steps()) {
      if (descents.retrace().calls(step).stream().allMatch(c -> isUnderFlag(step.from(), c))) {
        return Optional.of(step.from().name() + "() comes there only if a parameter tells it to");
      }
    }
    return Optional.empty();
  }

  private boolean isUnderFlag(FunctionRef function, Instruction.Call call) {
    Function body = Contexts.of(program).body(function).function();
    return SureConditions.before(body, call).stream().anyMatch(c -> isOnFlag(c, body));
  }

  /** Whether a parameter is tested that is no pointer to something. */
  private static boolean isOnFlag(Condition condition, Function taker) {
    return condition.left() instanceof Value.Load load
        && load.path().isVariable()
        && taker.parameterIndex(load.path().root()) >= 0
        && taker.variable(load.path().root()).filter(v -> v.type().pointers() == 0).isPresent();
  }
}

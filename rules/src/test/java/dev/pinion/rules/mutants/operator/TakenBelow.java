// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.ir.AccessPath;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The locks that are taken below a function, as whoever makes it run can name them. */
final class TakenBelow {
  private final Program program;
  private final FunctionRef start;
  private final Optional<String> object;

  /**
   * @param start what runs
   * @param object what leads there, as the one who makes it run spells it, {@code &pump->work};
   *     empty if only global locks count
   */
  TakenBelow(Program program, FunctionRef start, Optional<String> object) {
    this.program = program;
    this.start = start;
    this.object = object;
  }

  /**
   * A lock that is taken for its taker alone.
   *
   * @param take the primitive
   * @param place {@code pump->lock}, or the name of a global variable
   * @param isGlobal whether it is one
   * @param taker who takes it
   */
  record Lock(TypedLock lock, String take, String place, boolean isGlobal, FunctionRef taker) {
    /** Whether it is surely the lock of that name at that place, {@code pump->lock}. */
    boolean is(String identity, Optional<AccessPath> at) {
      return lock.identity().equals(identity)
          && (isGlobal || at.filter(p -> p.spelled().equals(place)).isPresent());
    }
  }

  /** Those whose place is known, the nearest first. */
  Stream<Lock> locks() {
    return Descent.of(program).from(start).stream()
        .flatMap(
            r ->
                Takings.of(program).in(r.function()).values().stream()
                    .filter(l -> l.mode() == HeldLock.Mode.EXCLUSIVE)
                    .flatMap(l -> locks(r, l)));
  }

  private Stream<Lock> locks(Descent.Reached reached, TypedLock lock) {
    return LockPlaces.of(program).taken(reached.function(), lock.identity()).stream()
        .flatMap(t -> lock(reached, t).stream());
  }

  private Optional<Lock> lock(Descent.Reached reached, LockPlaces.Taken taken) {
    String take = taken.call().name();
    if (taken.path().isEmpty()) {
      TypedLock lock = taken.lock();
      return lock.scope() == TypedLock.Scope.GLOBAL // As rtnl_lock(), which names no place.
          ? Optional.of(new Lock(lock, take, lock.identity(), true, reached.function()))
          : Optional.empty();
    }
    AccessPath path = taken.path().get();
    Contexts.Body body = Contexts.of(program).body(reached.function());
    if (!body.typing().declares(path.root())) {
      return path.isVariable()
          ? Optional.of(new Lock(taken.lock(), take, path.root(), true, reached.function()))
          : Optional.empty();
    }
    return reached.steps().isEmpty()
        ? object
            .flatMap(o -> beside(o, path, body))
            .map(place -> new Lock(taken.lock(), take, place, false, reached.function()))
        : Optional.empty();
  }

  /** The lock as seen from the object that the callback finds around what it is given. */
  private static Optional<String> beside(String object, AccessPath lock, Contexts.Body body) {
    Optional<Instruction> definition = body.typing().definition(lock.root());
    if (definition.isEmpty()
        || !(definition.get() instanceof Instruction.Assign assign)
        || !(assign.value() instanceof Value.ContainerOf entry)
        || !object.startsWith("&")) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (Step step : lock.steps()) {
      if (step instanceof Step.Arrow a) {
        names.add((names.isEmpty() ? "" : "->") + a.name());
      } else if (step instanceof Step.Dot d) {
        names.add((names.isEmpty() ? "" : ".") + d.name());
      } else {
        return Optional.empty();
      }
    }
    for (String member : List.of(entry.member(), withoutLast(entry.member()))) {
      if (!member.isEmpty() && (object.endsWith("->" + member) || object.endsWith("." + member))) {
        return Optional.of(
            object.substring(1, object.length() - member.length()) + String.join("", names));
      }
    }
    return Optional.empty();
  }

  /** {@code poll.work} is the work of {@code poll}. */
  private static String withoutLast(String member) {
    int dot = member.lastIndexOf('.');
    return dot < 0 ? "" : member.substring(0, dot);
  }
}

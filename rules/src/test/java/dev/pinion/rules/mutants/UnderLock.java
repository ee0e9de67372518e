// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants;

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
import java.util.Map;
import java.util.Optional;

/** A statement that is put under a lock which what it leads to takes. */
final class UnderLock {
  /** What takes a lock, whoever has it, with what gives it back; the first two may sleep. */
  private static final Map<String, String> MUTEXES =
      Map.of("mutex_lock", "mutex_unlock", "down_write", "up_write");

  private static final Map<String, String> SPINLOCKS =
      Map.of(
          "spin_lock", "spin_unlock_bh",
          "spin_lock_bh", "spin_unlock_bh",
          "spin_lock_irqsave", "spin_unlock_bh");

  private final Site site;
  private final boolean mayHoldSpinlocks;

  /**
   * @param mayHoldSpinlocks whether the statement may stand under a spinlock
   */
  UnderLock(Site site, boolean mayHoldSpinlocks) {
    this.site = site;
    this.mayHoldSpinlocks = mayHoldSpinlocks;
  }

  /**
   * A lock as the file can spell it.
   *
   * @param taker who takes it further down
   */
  private record Lock(String take, String give, String place, FunctionRef taker) {}

  /**
   * The mutants of one statement: under the first lock that is found, if there is one.
   *
   * @param call the statement's
   * @param start what runs because of it
   * @param object the argument that leads there, as the file spells it, {@code &pump->work}; empty
   *     if only global locks count
   */
  Optional<Mutant> of(
      String operator, Instruction.Call call, FunctionRef start, Optional<String> object) {
    Source source = site.source();
    if (call.result().isPresent()) {
      return Optional.empty();
    }
    return site.spelled(call)
        .filter(c -> source.text().startsWith(";", source.skipBlanks(c.end())))
        .flatMap(
            c ->
                lock(call, start, object)
                    .map(
                        l ->
                            site.mutant(
                                operator,
                                source.line(c.start()),
                                call.name()
                                    + "() under "
                                    + l.place()
                                    + ", which "
                                    + l.taker().name()
                                    + "() takes",
                                List.of(
                                    new Source.Edit(
                                        c.start(),
                                        c.start(),
                                        "{ " + l.take() + "(&" + l.place() + "); "),
                                    new Source.Edit(
                                        source.skipBlanks(c.end()),
                                        source.skipBlanks(c.end()) + 1,
                                        "; " + l.give() + "(&" + l.place() + "); }")),
                                known())));
  }

  private Mutant.Known known() {
    return site.facts().analysed()
        ? Mutant.Known.NOTHING
        : Mutant.Known.obstacle("function not wholly understood");
  }

  private Optional<Lock> lock(Instruction.Call call, FunctionRef start, Optional<String> object) {
    Program program = site.program();
    List<String> held =
        LockPlaces.of(program).at(site.function(), call).stream()
            .map(h -> h.lock().identity())
            .toList();
    for (Descent.Reached reached : Descent.of(program).from(start)) {
      for (TypedLock lock : Takings.of(program).in(reached.function()).values()) {
        if (lock.mode() != HeldLock.Mode.EXCLUSIVE || held.contains(lock.identity())) {
          continue;
        }
        for (LockPlaces.Taken taken :
            LockPlaces.of(program).taken(reached.function(), lock.identity())) {
          Optional<Lock> found =
              place(taken, reached, object).flatMap(p -> spelled(taken, p, reached.function()));
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Lock> spelled(LockPlaces.Taken taken, String place, FunctionRef taker) {
    String take = taken.call().name();
    if (MUTEXES.containsKey(take)) {
      return Optional.of(new Lock(take, MUTEXES.get(take), place, taker));
    }
    return mayHoldSpinlocks && SPINLOCKS.containsKey(take)
        ? Optional.of(new Lock("spin_lock_bh", SPINLOCKS.get(take), place, taker))
        : Optional.empty();
  }

  private Optional<String> place(
      LockPlaces.Taken taken, Descent.Reached reached, Optional<String> object) {
    if (taken.path().isEmpty()) {
      return Optional.empty();
    }
    AccessPath path = taken.path().get();
    Contexts.Body body = Contexts.of(site.program()).body(reached.function());
    if (!body.typing().declares(path.root())) {
      boolean seen =
          path.isVariable()
              && reached.function().file().equals(site.function().file())
              && site.program().globals(site.function().file()).stream()
                  .anyMatch(g -> g.name().equals(path.root()));
      return seen ? Optional.of(path.root()) : Optional.empty();
    }
    return reached.steps().isEmpty()
        ? object.flatMap(o -> beside(o, path, body))
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

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.LockPlaces;
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
                                site.understood())));
  }

  private Optional<Lock> lock(Instruction.Call call, FunctionRef start, Optional<String> object) {
    List<String> held =
        LockPlaces.of(site.program()).at(site.function(), call).stream()
            .map(h -> h.lock().identity())
            .toList();
    return new TakenBelow(site.program(), start, object)
        .locks()
        .filter(l -> !held.contains(l.lock().identity()))
        .filter(l -> !l.isGlobal() || isSeen(l))
        .flatMap(l -> spelled(l).stream())
        .findFirst();
  }

  private boolean isSeen(TakenBelow.Lock lock) {
    String file = site.function().file();
    return lock.taker().file().equals(file)
        && site.program().globals(file).stream().anyMatch(g -> g.name().equals(lock.place()));
  }

  private Optional<Lock> spelled(TakenBelow.Lock lock) {
    String take = lock.take();
    if (MUTEXES.containsKey(take)) {
      return Optional.of(new Lock(take, MUTEXES.get(take), lock.place(), lock.taker()));
    }
    return mayHoldSpinlocks && SPINLOCKS.containsKey(take)
        ? Optional.of(new Lock("spin_lock_bh", SPINLOCKS.get(take), lock.place(), lock.taker()))
        : Optional.empty();
  }
}

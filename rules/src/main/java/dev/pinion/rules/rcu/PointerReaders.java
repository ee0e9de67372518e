// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuPointers;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.link.UnlockedWays;
import dev.pinion.analyzer.rule.Excuse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Those who may follow a pointer while it is set to something else, and what of the updater's keeps
 * them out.
 */
final class PointerReaders {
  private final Program program;
  private final FunctionRef function;
  private final List<RcuPointers.Reader> all;
  private final List<Context> updater;

  /**
   * @param function where the object is freed
   */
  PointerReaders(Program program, FunctionRef function, Held held) {
    Replaced replaced = held.replaced().orElseThrow();
    Contexts contexts = Contexts.of(program);
    this.program = program;
    this.function = function;
    this.all = RcuPointers.of(program).readers(held.pointer());
    this.updater =
        List.of(contexts.at(function, replaced.here()), contexts.at(replaced.by(), replaced.at()));
  }

  /**
   * A reader of which it is sure that it may follow the pointer meanwhile: inside a section, and
   * without the updater's locks.
   *
   * @param entry one line on the way on which that is so, where not all ways are known
   */
  record Surest(RcuPointers.Reader reader, Optional<Related> entry) {}

  private Optional<TypedLock> exclusion(RcuPointers.Reader reader) {
    return updater.stream()
        .flatMap(u -> Readers.exclusion(reader.context(), u).stream())
        .findFirst();
  }

  /** The excuse that all of them hold a lock of the updater's. */
  Optional<Excuse> excluded() {
    List<Related> proof = new ArrayList<>();
    for (RcuPointers.Reader reader : all) {
      Optional<TypedLock> lock = exclusion(reader);
      if (lock.isEmpty()) {
        return Optional.empty();
      }
      if (proof.isEmpty()) {
        proof.add(new Related(lock.get().where(), "the updater holds " + lock.get().identity()));
      }
      proof.add(
          new Related(
              reader.use().location(),
              reader.use().function().name() + "() fetches it under " + lock.get().identity()));
    }
    return Optional.of(
        new Excuse(
            "reader-excluded-by-lock",
            "every reader holds a lock that keeps the updater out",
            proof));
  }

  /** The readers that no lock of the updater's keeps out. */
  List<RcuPointers.Reader> live() {
    return all.stream().filter(r -> exclusion(r).isEmpty()).toList();
  }

  /** One that surely may be there. */
  Optional<Surest> surest() {
    Contexts contexts = Contexts.of(program);
    boolean alone = locks().isEmpty() && contexts.isKnown(function);
    List<RcuPointers.Reader> live = live();
    Optional<Surest> sure =
        live.stream()
            .filter(r -> r.context().inSection())
            .filter(r -> alone || contexts.isKnown(r.use().function()))
            .findFirst()
            .map(r -> new Surest(r, Optional.empty()));
    return sure.or(() -> live.stream().flatMap(r -> byOneWay(r).stream()).findFirst());
  }

  private Optional<Surest> byOneWay(RcuPointers.Reader reader) {
    return UnlockedWays.of(program)
        .to(
            reader.use().function(),
            reader.use().operation().position(),
            locks(),
            UnlockedWays.Section.OPEN)
        .map(w -> new Surest(reader, Optional.of(w.reason())));
  }

  private Set<String> locks() {
    Set<String> locks = new TreeSet<>();
    updater.forEach(u -> locks.addAll(u.locks().keySet()));
    return locks;
  }

  /** One line: who follows the pointer, and what is known to protect that. */
  static Related line(RcuPointers.Reader reader, Optional<Related> entry) {
    String section =
        reader.context().sections().keySet().stream()
            .findFirst()
            .map(
                s ->
                    s.startsWith("srcu:")
                        ? " inside an SRCU read-side critical section ("
                            + AccessPath.spelled(s.substring(5))
                            + ")"
                        : " inside an RCU read-side critical section")
            .orElse(
                entry.isPresent()
                    ? " inside a read-side critical section that a caller has entered"
                    : " (its read-side section is not in sight)");
    return new Related(
        reader.use().location(),
        reader.use().function().name()
            + "() follows the pointer with "
            + reader.use().api().name()
            + "()"
            + section);
  }
}

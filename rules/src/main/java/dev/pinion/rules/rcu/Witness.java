// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Context;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.RcuLists;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.link.UnlockedWays;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A reader of which it is sure that it may walk while a node is removed: it is inside a read-side
 * section, and no lock of the updater is held for it. Either all ways into it are known, or the
 * updater holds nothing, or one way into each of the two is known on which it is so; one is enough.
 *
 * @param reader the walk
 * @param entry where the one way begins; empty if all count
 * @param example where one of the ways begins, if all count and one is in sight
 */
record Witness(RcuLists.Reader reader, Optional<Related> entry, Optional<Related> example) {

  /**
   * @param live the readers that no lock of the updater keeps out
   */
  static Optional<Witness> of(Update update, List<RcuLists.Reader> live) {
    Contexts contexts = Contexts.of(update.program());
    Context remover = contexts.at(update.ref(), update.call().position());
    boolean known = contexts.isKnown(update.ref());
    List<RcuLists.Reader> inside = live.stream().filter(r -> r.context().inSection()).toList();
    boolean sure =
        !inside.isEmpty()
            && ((known && remover.locks().isEmpty())
                || inside.stream().anyMatch(r -> contexts.isKnown(r.use().function())));
    if (sure) {
      RcuLists.Reader surest = Readers.surest(live);
      Optional<Related> example =
          remover.locks().isEmpty()
              ? Optional.empty()
              : way(update.program(), remover, surest).map(UnlockedWays.Found::reason);
      return Optional.of(new Witness(surest, Optional.empty(), example));
    }
    return contexts.onKnownWays(update.ref(), update.call().position()).stream()
        .flatMap(c -> byOneWay(update.program(), c, live).stream())
        .findFirst();
  }

  private static Optional<Witness> byOneWay(
      Program program, Context remover, List<RcuLists.Reader> live) {
    for (RcuLists.Reader reader : live) {
      Optional<UnlockedWays.Found> way = way(program, remover, reader);
      if (way.isPresent()) {
        return way.map(w -> new Witness(reader, Optional.of(w.reason()), Optional.empty()));
      }
    }
    return Optional.empty();
  }

  private static Optional<UnlockedWays.Found> way(
      Program program, Context remover, RcuLists.Reader reader) {
    return UnlockedWays.of(program)
        .to(
            reader.use().function(),
            reader.use().operation().position(),
            remover.locks().keySet(),
            UnlockedWays.Section.OPEN);
  }

  /** Whether a lock is one of the callers', who are told of at the function's name. */
  private static boolean isEntry(Location where, Update update) {
    return where.line() == update.program().facts(update.ref()).position().line()
        && where.file().equals(update.ref().file());
  }

  /** The reader to tell of: the witness's, or else the one that is surest to take no lock. */
  static List<Related> story(Optional<Witness> witness, List<RcuLists.Reader> live) {
    List<Related> lines = new ArrayList<>();
    Optional<Related> entry = witness.flatMap(Witness::entry);
    entry.or(() -> witness.flatMap(Witness::example)).ifPresent(lines::add);
    RcuLists.Reader reader = witness.map(Witness::reader).orElseGet(() -> Readers.surest(live));
    String otherwise =
        entry.isPresent()
            ? " inside a read-side critical section that a caller has entered"
            : " (its read-side section is not in sight)";
    Related walk = new Related(reader.use().location(), Readers.describe(reader, otherwise));
    Readers.sectionBegins(reader).ifPresent(lines::add);
    lines.add(walk);
    return lines;
  }

  /**
   * The locks that the updater holds and this reader surely does not need; empty if the updater
   * holds none.
   */
  Optional<Related> updatersLocks(Update update) {
    Context remover = Contexts.of(update.program()).at(update.ref(), update.call().position());
    List<TypedLock> its =
        remover.locks().values().stream()
            .filter(l -> !reader.context().locks().containsKey(l.identity()))
            .toList();
    return its.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Related(
                its.get(0).where(),
                update.ref().name()
                    + (isEntry(its.get(0).where(), update) ? "() is entered with " : "() holds ")
                    + its.stream().map(TypedLock::identity).collect(Collectors.joining(" and "))
                    + ", and "
                    + reader.use().function().name()
                    + "() walks without"));
  }
}

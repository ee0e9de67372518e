// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.evidence.Location;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What surely holds at an instruction, over all its callers as far as they are known.
 *
 * @param locks by identity
 * @param sections open read-side sections, by flavour, with where they were entered
 */
public record Context(SortedMap<String, TypedLock> locks, SortedMap<String, Location> sections) {
  public static final Context NOTHING = new Context(new TreeMap<>(), new TreeMap<>());

  /** What holds whichever of the two it is. */
  Context meet(Context other) {
    SortedMap<String, TypedLock> both = new TreeMap<>();
    locks.forEach(
        (identity, lock) -> {
          TypedLock there = other.locks.get(identity);
          if (there != null) {
            both.put(identity, lock.weakest(there));
          }
        });
    SortedMap<String, Location> open = new TreeMap<>();
    sections.forEach(
        (flavour, where) -> {
          Location there = other.sections.get(flavour);
          if (there != null) {
            open.put(flavour, where.compareTo(there) <= 0 ? where : there);
          }
        });
    return new Context(both, open);
  }

  /** What holds when both hold. */
  Context plus(Context other) {
    SortedMap<String, TypedLock> moreLocks = new TreeMap<>(other.locks);
    locks.forEach((i, l) -> moreLocks.merge(i, l, Context::stronger));
    SortedMap<String, Location> moreSections = new TreeMap<>(other.sections);
    moreSections.putAll(sections);
    return new Context(moreLocks, moreSections);
  }

  private static TypedLock stronger(TypedLock there, TypedLock here) {
    return there.mode() == HeldLock.Mode.EXCLUSIVE && here.mode() == HeldLock.Mode.SHARED
        ? there
        : here;
  }

  public boolean inSection() {
    return !sections.isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.evidence.Location;
import java.util.Map;
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
    return new Context(common(locks, other.locks), common(sections, other.sections));
  }

  /** What holds when both hold. */
  Context plus(Context other) {
    SortedMap<String, TypedLock> moreLocks = new TreeMap<>(other.locks);
    moreLocks.putAll(locks);
    SortedMap<String, Location> moreSections = new TreeMap<>(other.sections);
    moreSections.putAll(sections);
    return new Context(moreLocks, moreSections);
  }

  private static <V> SortedMap<String, V> common(Map<String, V> left, Map<String, V> right) {
    SortedMap<String, V> both = new TreeMap<>(left);
    both.keySet().retainAll(right.keySet());
    return both;
  }

  public boolean inSection() {
    return !sections.isEmpty();
  }
}

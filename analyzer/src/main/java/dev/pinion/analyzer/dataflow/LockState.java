// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Locks surely held and read-side sections surely open. The lattice is the subset order upside
 * down: where paths meet, only what holds on both remains.
 *
 * <pre>
 *        {}          nothing is sure
 *      /    \
 *    {a}    {b}
 *      \    /
 *      {a, b}
 * </pre>
 *
 * @param locks by name
 * @param sections by flavour
 * @param pending what a result decides: after {@code %1 = mutex_trylock(m)}, under {@code %1}
 */
public record LockState(
    SortedMap<String, HeldLock> locks,
    SortedMap<String, Section> sections,
    SortedMap<String, Pending> pending) {
  public static final LockState NOTHING =
      new LockState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  /** A lock that is held if the result is, or is not, zero. */
  public record Pending(HeldLock lock, When when) {
    /** Which result means that the lock was taken. */
    public enum When {
      NON_ZERO,
      ZERO
    }
  }

  LockState with(HeldLock lock) {
    SortedMap<String, HeldLock> more = new TreeMap<>(locks);
    more.putIfAbsent(lock.name(), lock);
    return new LockState(more, sections, pending);
  }

  LockState without(String lock) {
    if (!locks.containsKey(lock)) {
      return this;
    }
    SortedMap<String, HeldLock> fewer = new TreeMap<>(locks);
    fewer.remove(lock);
    return new LockState(fewer, sections, pending);
  }

  LockState entering(Section section) {
    SortedMap<String, Section> more = new TreeMap<>(sections);
    more.putIfAbsent(section.flavour(), section);
    return new LockState(locks, more, pending);
  }

  LockState leaving(String flavour) {
    SortedMap<String, Section> fewer = new TreeMap<>(sections);
    fewer.remove(flavour);
    return new LockState(locks, fewer, pending);
  }

  LockState awaiting(String result, Pending lock) {
    SortedMap<String, Pending> more = new TreeMap<>(pending);
    more.put(result, lock);
    return new LockState(locks, sections, more);
  }

  LockState forgetting(String result) {
    if (!pending.containsKey(result)) {
      return this;
    }
    SortedMap<String, Pending> fewer = new TreeMap<>(pending);
    fewer.remove(result);
    return new LockState(locks, sections, fewer);
  }

  LockState meet(LockState other) {
    return equals(other)
        ? this
        : new LockState(
            common(locks, other.locks),
            common(sections, other.sections),
            common(pending, other.pending));
  }

  static <V> SortedMap<String, V> common(Map<String, V> left, Map<String, V> right) {
    SortedMap<String, V> both = new TreeMap<>(left);
    both.keySet().retainAll(right.keySet());
    return both;
  }

  public boolean inSection() {
    return !sections.isEmpty();
  }
}

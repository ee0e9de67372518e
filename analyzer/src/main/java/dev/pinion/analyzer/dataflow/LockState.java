// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Locks surely held and read-side sections surely open. The lattice is the subset order upside
 * down: where paths meet, only what holds on both remains. What the function may have given back
 * without having taken it goes the other way: it is kept if it is so on either path.
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
 * @param released by name, locks that may have been given back and were not taken here
 * @param left by flavour, sections that may have been left and were not entered here
 */
public record LockState(
    SortedMap<String, HeldLock> locks,
    SortedMap<String, Section> sections,
    SortedMap<String, Pending> pending,
    SortedMap<String, HeldLock> released,
    SortedMap<String, Section> left) {
  public static final LockState NOTHING =
      new LockState(
          new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

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
    more.merge(lock.name(), lock, LockState::stronger);
    return new LockState(more, sections, pending, less(released, lock.name()), left);
  }

  /** What was taken stays taken, whatever is asserted of it later; and what came first stays. */
  private static HeldLock stronger(HeldLock known, HeldLock next) {
    return known.claim() == HeldLock.Claim.ASSERTED && next.claim() == HeldLock.Claim.TAKEN
        ? next
        : known;
  }

  /** From now on others may hold it too; whoever had it exclusively has not any more. */
  LockState downgraded(HeldLock shared) {
    LockState without = without(shared);
    return new LockState(
        more(without.locks, shared.name(), shared), sections, pending, without.released, left);
  }

  LockState without(HeldLock lock) {
    if (locks.containsKey(lock.name())) {
      HeldLock known = locks.get(lock.name());
      boolean ours = known != null && known.claim() == HeldLock.Claim.TAKEN;
      return new LockState(
          less(locks, lock.name()),
          sections,
          pending,
          ours ? released : more(released, lock.name(), lock),
          left);
    }
    return new LockState(locks, sections, pending, more(released, lock.name(), lock), left);
  }

  LockState entering(Section section) {
    SortedMap<String, Section> more = new TreeMap<>(sections);
    more.putIfAbsent(section.flavour(), section);
    return new LockState(locks, more, pending, released, less(left, section.flavour()));
  }

  LockState leaving(Section section) {
    String flavour = section.flavour();
    return sections.containsKey(flavour)
        ? new LockState(locks, less(sections, flavour), pending, released, left)
        : new LockState(locks, sections, pending, released, more(left, flavour, section));
  }

  LockState awaiting(String result, Pending lock) {
    SortedMap<String, Pending> more = new TreeMap<>(pending);
    more.put(result, lock);
    return new LockState(locks, sections, more, released, left);
  }

  /** What holds if the result has come out as zero, or as anything else. */
  LockState decided(String result, Pending.When outcome) {
    Pending awaited = pending.get(result);
    return awaited != null && awaited.when() == outcome ? with(awaited.lock()) : this;
  }

  LockState forgetting(String result) {
    if (!pending.containsKey(result)) {
      return this;
    }
    SortedMap<String, Pending> fewer = new TreeMap<>(pending);
    fewer.remove(result);
    return new LockState(locks, sections, fewer, released, left);
  }

  /** What is sure on both paths. */
  public LockState meet(LockState other) {
    return equals(other)
        ? this
        : new LockState(
            weaker(locks, other.locks),
            common(sections, other.sections),
            equal(pending, other.pending),
            either(released, other.released),
            either(left, other.left));
  }

  private static <V> SortedMap<String, V> less(SortedMap<String, V> map, String key) {
    if (!map.containsKey(key)) {
      return map;
    }
    SortedMap<String, V> fewer = new TreeMap<>(map);
    fewer.remove(key);
    return fewer;
  }

  private static <V> SortedMap<String, V> more(SortedMap<String, V> map, String key, V value) {
    TreeMap<String, V> more = new TreeMap<>(map);
    more.putIfAbsent(key, value);
    return more;
  }

  private static <V> SortedMap<String, V> either(
      SortedMap<String, V> left, SortedMap<String, V> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? right : left;
    }
    TreeMap<String, V> all = new TreeMap<>(left);
    right.forEach(all::putIfAbsent);
    return all;
  }

  /** A lock that one path holds shared, or only demands, is no better held where both meet. */
  private static SortedMap<String, HeldLock> weaker(
      SortedMap<String, HeldLock> left, SortedMap<String, HeldLock> right) {
    if (left.isEmpty()) {
      return left;
    }
    SortedMap<String, HeldLock> both = new TreeMap<>();
    left.forEach(
        (name, lock) -> {
          HeldLock other = right.get(name);
          if (other != null) {
            both.put(name, lock.weakest(other));
          }
        });
    return both;
  }

  private static <V> SortedMap<String, V> equal(
      SortedMap<String, V> left, SortedMap<String, V> right) {
    if (left.isEmpty()) {
      return left;
    }
    SortedMap<String, V> both = new TreeMap<>(left);
    both.entrySet().retainAll(right.entrySet());
    return both;
  }

  static <V> SortedMap<String, V> common(SortedMap<String, V> left, SortedMap<String, V> right) {
    if (left.isEmpty()) {
      return left;
    }
    SortedMap<String, V> both = new TreeMap<>(left);
    both.keySet().retainAll(right.keySet());
    return both;
  }

  /** Whether a call here differs, for the callee, from a call at the function's entry. */
  public boolean saysSomething() {
    return !locks.isEmpty() || !sections.isEmpty() || !released.isEmpty() || !left.isEmpty();
  }

  public boolean inSection() {
    return !sections.isEmpty();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Locks surely held and read-side sections surely open. The lattice is the subset order upside
 * down: where paths meet, only what holds on both remains. What the function may have taken, or
 * given back without having taken it, goes the other way: it is kept if it is so on either path.
 *
 * <pre>
 *        {}          nothing is sure
 *      /    \
 *    {a}    {b}
 *      \    /
 *      {a, b}
 * </pre>
 *
 * <p>What was given back for the caller and is taken again is the caller's again. A function that
 * gives back a lock which it holds on some of the paths that come there gives back its own: which
 * path was taken hangs on a condition that was not followed. So only what no path has taken counts
 * as given back for the caller; {@link CorrelatedLocks} tells paths apart that a tested variable
 * tells apart.
 *
 * @param locks by name
 * @param sections by flavour
 * @param pending what a result decides: after {@code %1 = mutex_trylock(m)}, under {@code %1}
 * @param released by name, locks that may have been given back and were not taken here
 * @param left by flavour, sections that may have been left and were not entered here
 * @param maybe by name, locks that some path has taken and not given back, the sure ones as well
 *     but for those that are the caller's again, so that to give one back is not to give back the
 *     caller's
 * @param nesting by flavour, how often sections have been entered that are still open
 */
public record LockState(
    SortedMap<String, HeldLock> locks,
    SortedMap<String, Section> sections,
    SortedMap<String, Pending> pending,
    SortedMap<String, HeldLock> released,
    SortedMap<String, Section> left,
    SortedMap<String, HeldLock> maybe,
    SortedMap<String, Nesting> nesting) {
  public static final LockState NOTHING =
      new LockState(
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>(),
          new TreeMap<>());

  /** A lock that is held if the result is, or is not, zero. */
  public record Pending(HeldLock lock, When when) {
    /** Which result means that the lock was taken. */
    public enum When {
      NON_ZERO,
      ZERO
    }
  }

  /**
   * How many sections of a flavour are open within each other.
   *
   * @param sure at least so many
   * @param own at most so many that were not entered by a callee under a condition of its own
   * @param most at most so many; {@value #MANY} stands for any number above
   */
  public record Nesting(int sure, int own, int most) {
    private static final int MANY = 8;
    private static final Nesting NONE = new Nesting(0, 0, 0);

    private Nesting deeper() {
      return new Nesting(more(sure), more(own), more(most));
    }

    private Nesting deeperMaybe() {
      return new Nesting(sure, own, more(most));
    }

    private Nesting shallower() {
      return new Nesting(less(sure), less(own), less(most));
    }

    private Nesting meet(Nesting other) {
      return new Nesting(
          Math.min(sure, other.sure), Math.max(own, other.own), Math.max(most, other.most));
    }

    private static int more(int count) {
      return Math.min(count + 1, MANY);
    }

    private static int less(int count) {
      return Math.max(count - 1, 0);
    }
  }

  LockState with(HeldLock lock) {
    SortedMap<String, HeldLock> more = new TreeMap<>(locks);
    more.merge(lock.name(), lock, LockState::stronger);
    SortedMap<String, HeldLock> moreMaybe = new TreeMap<>(maybe);
    if (!released.containsKey(lock.name())) {
      moreMaybe.merge(lock.name(), lock, LockState::stronger);
    }
    return new LockState(
        more, sections, pending, less(released, lock.name()), left, moreMaybe, nesting);
  }

  /** The lock may be held from now on: the callee took it under a condition of its own. */
  LockState withMaybe(HeldLock lock) {
    SortedMap<String, HeldLock> more = new TreeMap<>(maybe);
    more.merge(lock.name(), lock, LockState::stronger);
    return new LockState(locks, sections, pending, released, left, more, nesting);
  }

  /** What was taken stays taken, whatever is asserted of it later; and what came first stays. */
  private static HeldLock stronger(HeldLock known, HeldLock next) {
    return next.claim().compareTo(known.claim()) < 0 ? next : known;
  }

  /** From now on others may hold it too; whoever had it exclusively has not any more. */
  LockState downgraded(HeldLock shared) {
    LockState without = without(shared);
    return new LockState(
        more(without.locks, shared.name(), shared),
        sections,
        pending,
        without.released,
        left,
        more(without.maybe, shared.name(), shared),
        nesting);
  }

  LockState without(HeldLock lock) {
    return new LockState(
        less(locks, lock.name()),
        sections,
        pending,
        isOwn(lock.name()) ? released : more(released, lock.name(), lock),
        left,
        less(maybe, lock.name()),
        nesting);
  }

  /** Whether what is given back may be what was taken here. */
  private boolean isOwn(String name) {
    HeldLock known = maybe.get(name);
    return (known != null && known.claim() != HeldLock.Claim.ASSERTED)
        || pending.values().stream().anyMatch(p -> p.lock().name().equals(name));
  }

  LockState entering(Section section) {
    String flavour = section.flavour();
    SortedMap<String, Section> more = new TreeMap<>(sections);
    more.putIfAbsent(flavour, section);
    return new LockState(
        locks,
        more,
        pending,
        released,
        less(left, flavour),
        maybe,
        nested(flavour, nesting(flavour).deeper()));
  }

  /** A section may be open from now on. */
  LockState enteringMaybe(Section section) {
    String flavour = section.flavour();
    return new LockState(
        locks,
        sections,
        pending,
        released,
        left,
        maybe,
        nested(flavour, nesting(flavour).deeperMaybe()));
  }

  LockState leaving(Section section) {
    String flavour = section.flavour();
    Nesting before = nesting(flavour);
    return new LockState(
        locks,
        before.sure() > 1 ? sections : less(sections, flavour),
        pending,
        released,
        before.most() > 0 ? left : more(left, flavour, section),
        maybe,
        nested(flavour, before.shallower()));
  }

  private Nesting nesting(String flavour) {
    return nesting.getOrDefault(flavour, Nesting.NONE);
  }

  private SortedMap<String, Nesting> nested(String flavour, Nesting now) {
    if (now.equals(Nesting.NONE)) {
      return less(nesting, flavour);
    }
    SortedMap<String, Nesting> all = new TreeMap<>(nesting);
    all.put(flavour, now);
    return all;
  }

  LockState awaiting(String result, Pending lock) {
    SortedMap<String, Pending> more = new TreeMap<>(pending);
    more.put(result, lock);
    return new LockState(locks, sections, more, released, left, maybe, nesting);
  }

  /** What holds if the result has come out as zero, or as anything else. */
  LockState decided(String result, Pending.When outcome) {
    Pending awaited = pending.get(result);
    return awaited != null && awaited.when() == outcome ? with(awaited.lock()) : this;
  }

  LockState forgetting(String result) {
    return pending.containsKey(result)
        ? new LockState(locks, sections, less(pending, result), released, left, maybe, nesting)
        : this;
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
            either(left, other.left),
            strongest(maybe, other.maybe),
            met(nesting, other.nesting));
  }

  /**
   * A lock that is given back, or a section that is left.
   *
   * @param name the lock's name or the section's flavour
   */
  record End(Kind kind, String name) {
    enum Kind {
      LOCK,
      SECTION
    }
  }

  /** Whether that may end something that was taken here. */
  boolean mayEnd(End end) {
    return end.kind() == End.Kind.LOCK ? isOwn(end.name()) : nesting(end.name()).most() > 0;
  }

  /**
   * This state, less what was given back for the caller since {@code before} and is of no account.
   */
  LockState withoutEnds(LockState before, Predicate<End> ignored) {
    if (released.equals(before.released) && left.equals(before.left)) {
      return this;
    }
    SortedMap<String, HeldLock> given = new TreeMap<>(released);
    given
        .keySet()
        .removeIf(l -> !before.released.containsKey(l) && ignored.test(new End(End.Kind.LOCK, l)));
    SortedMap<String, Section> gone = new TreeMap<>(left);
    gone.keySet()
        .removeIf(f -> !before.left.containsKey(f) && ignored.test(new End(End.Kind.SECTION, f)));
    return new LockState(locks, sections, pending, given, gone, maybe, nesting);
  }

  /** This state, in which only that counts as taken here. */
  LockState owning(Predicate<End> own) {
    SortedMap<String, HeldLock> ours = new TreeMap<>(maybe);
    ours.keySet().removeIf(l -> !locks.containsKey(l) && !own.test(new End(End.Kind.LOCK, l)));
    SortedMap<String, Nesting> open = new TreeMap<>();
    nesting.forEach(
        (flavour, n) -> {
          boolean counts = n.sure() > 0 || own.test(new End(End.Kind.SECTION, flavour));
          if (counts) {
            open.put(flavour, n);
          }
        });
    return new LockState(locks, sections, pending, released, left, ours, open);
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

  private static SortedMap<String, HeldLock> strongest(
      SortedMap<String, HeldLock> left, SortedMap<String, HeldLock> right) {
    if (left.equals(right)) {
      return left;
    }
    TreeMap<String, HeldLock> all = new TreeMap<>(left);
    right.forEach((name, lock) -> all.merge(name, lock, LockState::stronger));
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

  private static SortedMap<String, Nesting> met(
      SortedMap<String, Nesting> left, SortedMap<String, Nesting> right) {
    if (left.equals(right)) {
      return left;
    }
    SortedMap<String, Nesting> all = new TreeMap<>();
    left.forEach((f, n) -> all.put(f, n.meet(right.getOrDefault(f, Nesting.NONE))));
    right.forEach((f, n) -> all.computeIfAbsent(f, k -> n.meet(Nesting.NONE)));
    return all;
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

  /** All locks that may be held here by what the function does, if results are still open too. */
  public List<HeldLock> maybeHeld() {
    List<HeldLock> all = new ArrayList<>(maybe.values());
    pending.values().stream()
        .map(Pending::lock)
        .filter(l -> !maybe.containsKey(l.name()))
        .forEach(all::add);
    return all;
  }

  /** Whether a call here differs, for the callee, from a call at the function's entry. */
  public boolean saysSomething() {
    return !locks.isEmpty() || !sections.isEmpty() || !released.isEmpty() || !left.isEmpty();
  }

  public boolean inSection() {
    return !sections.isEmpty();
  }
}

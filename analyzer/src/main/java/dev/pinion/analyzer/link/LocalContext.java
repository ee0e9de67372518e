// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a function itself does to what is held, from its entry to an instruction.
 *
 * @param held what it surely holds there
 * @param released identities of locks that it may have given back and did not take; {@link
 *     #any(String)} for one of which only the type is known
 * @param left flavours of sections it may have left and did not enter
 */
record LocalContext(Context held, SortedSet<String> released, SortedSet<String> left) {
  /** A lock was given back, and nothing is known of it. */
  static final String ANY = "?";

  /** What stands for a lock of that type that was given back; the empty type is not known. */
  static String any(String type) {
    return ANY + type;
  }

  /** Whether a lock that was held on entry may be given back by then. */
  boolean mayEnd(String lock, String type) {
    return released.contains(lock)
        || (LockAccessors.isOpaque(lock) && !released.isEmpty())
        || released.contains(ANY)
        || (type.isEmpty()
            ? released.stream().anyMatch(r -> r.startsWith(ANY))
            : released.contains(any(type)));
  }

  /** The function could not be analysed: it may have done anything. */
  static final LocalContext UNKNOWN =
      new LocalContext(Context.NOTHING, new TreeSet<>(List.of(ANY)), new TreeSet<>(List.of(ANY)));

  /** The function has done nothing yet. */
  static final LocalContext UNCHANGED =
      new LocalContext(Context.NOTHING, new TreeSet<>(), new TreeSet<>());

  /** What is so on both paths: what is held on both, what may be given back on either. */
  LocalContext meet(LocalContext other) {
    return new LocalContext(
        held.meet(other.held), union(released, other.released), union(left, other.left));
  }

  /** The same from the entry of a function that calls this one after it has done that. */
  LocalContext of(LocalContext before) {
    return new LocalContext(
        after(before.held), union(released, before.released), union(left, before.left));
  }

  /** What surely holds at the instruction if {@code entry} held when the function was entered. */
  Context after(Context entry) {
    if (released.isEmpty() && left.isEmpty()) {
      return held.plus(entry);
    }
    Context kept = new Context(new TreeMap<>(entry.locks()), new TreeMap<>(entry.sections()));
    kept.locks().values().removeIf(l -> mayEnd(l.identity(), l.type()));
    kept.sections().keySet().removeIf(f -> left.contains(ANY) || left.contains(f));
    return held.plus(kept);
  }

  private static SortedSet<String> union(SortedSet<String> left, SortedSet<String> right) {
    if (right.isEmpty()) {
      return left;
    }
    SortedSet<String> all = new TreeSet<>(left);
    all.addAll(right);
    return all;
  }
}

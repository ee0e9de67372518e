// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.PathFacts;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where one path stands: at the end of a block.
 *
 * @param facts what the path knows
 * @param object the name, on this path, of the pointer to what is held; empty before it is taken
 * @param fate what has become of the reference
 * @param lent the calls, by number, that were given the object and may have kept it
 */
record LeakStand(int block, PathFacts facts, String object, Fate fate, SortedSet<Integer> lent) {
  /** What has become of a reference. */
  enum Fate {
    NOT_TAKEN,
    HELD,
    /** Given back here. */
    PUT,
    /** Given back by the end of a scope. */
    CLEANED_UP,
    /** Somebody else's from here on, or counted in a way that is not followed. */
    HANDED_OVER,
    /** Taken once more, with the first still held. */
    TAKEN_AGAIN,
    /** Not taken after all: the path that goes on needs no looking at. */
    NONE;

    /** Whether the path needs no more looking at. */
    boolean isEnd() {
      return this != NOT_TAKEN && this != HELD && this != PUT;
    }
  }

  LeakStand {
    lent = Collections.unmodifiableSortedSet(lent);
  }

  /** Where a function is entered. */
  static LeakStand entry(PathFacts facts) {
    return new LeakStand(0, facts, "", Fate.NOT_TAKEN, new TreeSet<>());
  }

  LeakStand with(PathFacts other) {
    return new LeakStand(block, other, object, fate, lent);
  }

  LeakStand at(int other) {
    return new LeakStand(other, facts, object, fate, lent);
  }

  LeakStand holding(String pointer, PathFacts other) {
    return new LeakStand(block, other, pointer, Fate.HELD, new TreeSet<>());
  }

  /** After a call that may have kept the object. */
  LeakStand lentTo(int call) {
    SortedSet<Integer> more = new TreeSet<>(lent);
    more.add(call);
    return new LeakStand(block, facts, object, fate, more);
  }

  /** Whether a value is what a call has given that may have kept the object. */
  boolean isOfLent(String value) {
    return lent.stream().anyMatch(c -> PathFacts.valueOf(c).equals(value));
  }

  /** Whether a variable or another place holds the pointer, besides that one. */
  boolean isHeldBesides(String place) {
    return facts.places().entrySet().stream()
        .anyMatch(e -> e.getValue().equals(object) && !e.getKey().equals(place));
  }

  LeakStand ending(Fate end) {
    return new LeakStand(block, facts, object, end, lent);
  }

  boolean isHeld() {
    return fate == Fate.HELD;
  }

  /**
   * Whether a value is the pointer that is held, or one to something in or around its object; what
   * is read from the object is neither.
   */
  boolean isMeant(String value) {
    if (!isHeld()) {
      return false;
    }
    if (value.equals(object)) {
      return true;
    }
    for (int at = value.indexOf(object); at >= 0; at = value.indexOf(object, at + 1)) {
      boolean starts = at == 0 || !isOfName(value.charAt(at - 1));
      int end = at + object.length();
      boolean readsFrom = value.startsWith("->", end) && !(at == 1 && value.charAt(0) == '&');
      boolean longer =
          end < value.length()
              && (isOfName(value.charAt(end)) || ".[@".indexOf(value.charAt(end)) >= 0);
      if (starts && !readsFrom && !longer) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '\'' || c == ':';
  }
}

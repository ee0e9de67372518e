// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Position;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What has become, on one path, of the pin that one call took.
 *
 * @param state whether it is held
 * @param check whether the path has tested the result
 * @param stashes places outside of the function that hold the symbol or what calling it gave
 * @param dropped where it was dropped, if it was
 */
record Pin(State state, Check check, SortedSet<Stash> stashes, Position dropped) {
  /** The life of a pin. */
  enum State {
    /** The symbol was not there: no pin, and the result is NULL. */
    ABSENT,
    HELD,
    DROPPED
  }

  /** Whether somebody has looked at the result. */
  enum Check {
    UNCHECKED,
    CHECKED
  }

  /**
   * A copy that outlives the function.
   *
   * @param place the place's name on this path
   * @param path the place as the source names it
   * @param value the value stored
   * @param source the expression that was stored
   * @param what whether that is the symbol itself
   */
  record Stash(
      String place, AccessPath path, String value, String source, What what, Position position)
      implements Comparable<Stash> {
    /** What was stored. */
    enum What {
      SYMBOL,
      /** What calling the symbol gave. */
      DERIVED
    }

    private static final Comparator<Stash> ORDER =
        Comparator.comparing(Stash::position)
            .thenComparing(Stash::place)
            .thenComparing(Stash::value);

    @Override
    public int compareTo(Stash other) {
      return ORDER.compare(this, other);
    }
  }

  static Pin taken(State state) {
    return new Pin(state, Check.UNCHECKED, new TreeSet<>(), Position.UNKNOWN);
  }

  Pin checked() {
    return new Pin(state, Check.CHECKED, stashes, dropped);
  }

  Pin droppedAt(Position position) {
    return new Pin(State.DROPPED, check, stashes, position);
  }

  Pin stashed(Stash stash) {
    SortedSet<Stash> more = new TreeSet<>(stashes);
    more.removeIf(s -> s.place().equals(stash.place()));
    more.add(stash);
    return new Pin(state, check, more, dropped);
  }

  /** Without the stashes in that place, or, with a trailing {@code ->}, in that object. */
  Pin unstashed(String place) {
    SortedSet<Stash> fewer = new TreeSet<>(stashes);
    boolean gone =
        fewer.removeIf(
            s -> s.place().equals(place) || (place.endsWith("->") && s.place().startsWith(place)));
    return gone ? new Pin(state, check, fewer, dropped) : this;
  }

  boolean is(State wanted) {
    return state == wanted;
  }
}

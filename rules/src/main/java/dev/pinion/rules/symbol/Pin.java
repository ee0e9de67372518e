// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.symbol;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction.Call;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Shown;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What has become, on one path, of the pin that one call took.
 *
 * @param state whether it is held
 * @param odds how likely it is that this came so
 * @param check whether the path has tested the result
 * @param stashes places outside of the function that hold the symbol or what calling it gave
 * @param lost the last stash whose object was freed with the pin in it
 * @param dropped where it was dropped, if it was
 */
record Pin(
    State state,
    Odds odds,
    Check check,
    SortedSet<Stash> stashes,
    Optional<Lost> lost,
    Position dropped) {
  /** A stash that is gone because its object was freed. */
  record Lost(Stash stash, Position freed) {}

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

  /** How likely a state is. */
  enum Odds {
    LIKELY,
    /** The symbol is absent although its module is pinned by another of its symbols. */
    UNLIKELY
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

    /** What a called function keeps, in a place that has no name here. */
    static Stash given(Call call, AccessPath path, String value, What what) {
      return new Stash(
          call.callee() + "()->", path, value, Shown.path(path), what, call.position());
    }

    /** Whether a called function keeps it. */
    boolean isGiven() {
      return place.endsWith("()->");
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

  static Pin taken(State state, Odds odds) {
    return new Pin(
        state, odds, Check.UNCHECKED, new TreeSet<>(), Optional.empty(), Position.UNKNOWN);
  }

  Pin checked() {
    return new Pin(state, odds, Check.CHECKED, stashes, lost, dropped);
  }

  Pin droppedAt(Position position) {
    return new Pin(State.DROPPED, odds, check, stashes, lost, position);
  }

  Pin stashed(Stash stash) {
    SortedSet<Stash> more = new TreeSet<>(stashes);
    more.removeIf(s -> s.place().equals(stash.place()));
    more.add(stash);
    return new Pin(state, odds, check, more, lost, dropped);
  }

  /** Without the stash in that place. */
  Pin unstashed(String place) {
    SortedSet<Stash> fewer = new TreeSet<>(stashes);
    return fewer.removeIf(s -> s.place().equals(place))
        ? new Pin(state, odds, check, fewer, lost, dropped)
        : this;
  }

  /** Without the stashes in an object, whose places start like that, after it has been freed. */
  Pin freed(String inside, Position position) {
    SortedSet<Stash> fewer = new TreeSet<>(stashes);
    if (!fewer.removeIf(s -> s.place().startsWith(inside))) {
      return this;
    }
    Optional<Stash> gone = stashes.stream().filter(s -> s.place().startsWith(inside)).findFirst();
    return new Pin(state, odds, check, fewer, gone.map(g -> new Lost(g, position)), dropped);
  }

  boolean is(State wanted) {
    return state == wanted;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.atlas.CallsAnswer.Handout;
import java.util.List;

/**
 * What surely holds when a function is entered, and why.
 *
 * @param definition the function
 * @param onEntry what holds whichever way it is entered
 * @param ways the ways in: direct calls, then the places its address is given to
 * @param gap why nothing, or not more, is sure
 */
public record LocksAnswer(Place definition, Holding onEntry, List<Way> ways, Gap gap) {
  public LocksAnswer {
    ways = List.copyOf(ways);
  }

  /** Why no more is sure than what is said. */
  public enum Gap {
    /** All ways in are known: nothing more is held. */
    NONE,
    /** The tree neither calls it nor gives its address away. */
    NEVER_CALLED,
    /** The ways in have nothing in common. */
    NOTHING_COMMON,
    /** Its address is given to someone of whom nothing is known. */
    HANDED_OUT,
    /** A caller can itself be reached in ways that are not known. */
    CALLER_UNKNOWN,
    /** More callers, or callers of callers, than are looked at. */
    LIMIT
  }

  /** One way into a function. */
  public sealed interface Way {
    /** What surely holds there. */
    Holding holding();

    /**
     * A call.
     *
     * @param above the ways into the caller, if what holds comes from there; else empty
     */
    record Call(Place place, Holding holding, List<Way> above) implements Way {
      public Call {
        above = List.copyOf(above);
      }
    }

    /** Someone has the address and calls it from there. */
    record Given(Handout handout, Holding holding) implements Way {}
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import java.util.List;

/**
 * How a struct is reference counted.
 *
 * @param struct the tag, with its file if several define it
 * @param counters the one with most users first
 */
public record CountedAnswer(String struct, List<Counting> counters) {
  public CountedAnswer {
    counters = List.copyOf(counters);
  }

  /**
   * One counter.
   *
   * @param path the members from the object to it; empty if only rows know it is counted
   * @param gets take a reference
   * @param tryGets take one unless the object is about to go
   * @param lookups find an object and return it with a reference
   * @param puts drop one
   * @param releases run when the last one is gone, with what they reach
   */
  public record Counting(
      String path,
      List<Place> gets,
      List<Place> tryGets,
      List<Place> lookups,
      List<Place> puts,
      List<Release> releases) {
    public Counting {
      gets = List.copyOf(gets);
      tryGets = List.copyOf(tryGets);
      lookups = List.copyOf(lookups);
      puts = List.copyOf(puts);
      releases = List.copyOf(releases);
    }
  }

  /** A release function and what it comes to, directly and in what it calls. */
  public record Release(Place function, List<Reach> reaches) {
    public Release {
      reaches = List.copyOf(reaches);
    }
  }

  /** What kind of thing a release comes to. */
  public enum ReachKind {
    LOCK,
    GRACE_PERIOD,
    DEFERRED_FREE,
    FREE,
    /** A call through a member of a struct. */
    SLOT,
    /** A reference of another object is dropped. */
    PUT
  }

  /**
   * One thing that a release comes to.
   *
   * @param what the lock's identity, the primitive, or the member called through
   * @param place the first place where it is met
   * @param depth how many calls away; 0 in the release function itself
   */
  public record Reach(ReachKind kind, String what, Place place, int depth) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One reference counter of a struct and the functions that work on it.
 *
 * @param path the members from the object to the counter, {@code kobj.kref}; empty if only rows
 *     know
 * @param gets take a reference; the caller has one already
 * @param tryGets take one unless the object is about to go, and say so
 * @param lookups find an object and return it with a reference
 * @param puts drop one
 * @param releases run when the last one is gone
 */
public record Counter(
    String path,
    SortedSet<FunctionRef> gets,
    SortedSet<FunctionRef> tryGets,
    SortedSet<FunctionRef> lookups,
    SortedSet<FunctionRef> puts,
    SortedSet<FunctionRef> releases) {
  Counter(String path) {
    this(path, new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  SortedSet<FunctionRef> of(CountEffect effect) {
    return switch (effect) {
      case GET -> gets;
      case TRY_GET -> tryGets;
      case PUT -> puts;
    };
  }

  /** Forgets a function that a row knows better. */
  void remove(FunctionRef function) {
    gets.remove(function);
    tryGets.remove(function);
    lookups.remove(function);
    puts.remove(function);
    releases.remove(function);
  }

  /** Whether nobody drops a reference, or nothing comes of it: then it counts something else. */
  boolean isIdle() {
    boolean taken = !gets.isEmpty() || !tryGets.isEmpty() || !lookups.isEmpty();
    return puts.isEmpty() || (!taken && releases.isEmpty());
  }
}

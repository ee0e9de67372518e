// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.atlas;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.link.Program;
import java.util.Comparator;

/**
 * Where something is, and in which function.
 *
 * @param function its name; empty at file level
 */
public record Place(Location location, String function) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::location).thenComparing(Place::function);

  /** Where a function is defined. */
  static Place of(FunctionRef function, Program program) {
    return new Place(
        Location.of(function.file(), program.facts(function).position()), function.name());
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.evidence;

import dev.pinion.analyzer.ir.Position;
import java.util.Comparator;

/**
 * A place in the tree.
 *
 * @param file path from the tree's root, with {@code /}
 * @param line 1-based
 * @param column 1-based, in UTF-16 units
 */
public record Location(String file, int line, int column) implements Comparable<Location> {
  private static final Comparator<Location> ORDER =
      Comparator.comparing(Location::file)
          .thenComparingInt(Location::line)
          .thenComparingInt(Location::column);

  public static Location of(String file, Position position) {
    return new Location(file, position.line(), position.column());
  }

  @Override
  public int compareTo(Location other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}

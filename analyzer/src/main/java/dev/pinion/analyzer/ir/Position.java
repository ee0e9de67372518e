// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

/**
 * A place in a source file: line and column, both 1-based, as gcc prints them.
 *
 * @param line 1-based line of the original file (0 when unknown)
 * @param column 1-based column in UTF-16 units (0 when unknown)
 */
public record Position(int line, int column) implements Comparable<Position> {
  /** A place that could not be determined. */
  public static final Position UNKNOWN = new Position(0, 0);

  /** The place so many lines further down; what is not known stays so. */
  public Position movedBy(int lines) {
    return line == 0 ? this : new Position(line + lines, column);
  }

  @Override
  public int compareTo(Position other) {
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }

  @Override
  public String toString() {
    return line + ":" + column;
  }
}

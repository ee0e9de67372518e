// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/**
 * Lines of a conditional arm that no tree contains: the ledger of what was not analysed.
 *
 * @param firstLine the line after the directive
 * @param lastLine the line before the next directive
 * @param place where the arm stands
 */
public record SkippedArm(int firstLine, int lastLine, Place place) {
  /** What surrounds a skipped arm. */
  public enum Place {
    /** The arm stands inside a function, struct or initialiser. */
    INSIDE,
    /** The arm stands at file level but is not balanced by itself. */
    FILE,
    /** A constant false condition such as {@code #if 0}. */
    DISABLED
  }

  /** How many lines the arm has. */
  public int lines() {
    return lastLine - firstLine + 1;
  }
}

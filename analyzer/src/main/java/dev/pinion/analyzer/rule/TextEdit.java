// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.rule;

import dev.pinion.analyzer.evidence.Location;

/**
 * A change of a file's text. Rules do not see texts, so an edit says what it takes to stand there;
 * where something else does, as inside of a macro's expansion, it is not carried out.
 *
 * @param at where it begins
 * @param before what it takes away, on one line; empty to insert
 * @param after what it puts there
 */
public record TextEdit(Location at, String before, String after) {
  /**
   * Checks that what goes is on one line.
   *
   * @throws IllegalArgumentException if it is not
   */
  public TextEdit {
    if (before.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("an edit takes away a part of one line: " + before);
    }
  }

  /** The column just after what goes, 1-based; the line is that of {@link #at}. */
  public int endColumn() {
    return at.column() + before.length();
  }
}

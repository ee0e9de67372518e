// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.patch;

import java.util.ArrayList;
import java.util.List;

/**
 * One hunk of a diff.
 *
 * @param oldStart where it starts in the old file, from 1; the line before it if it has no old
 *     lines
 * @param newStart the same in the new file
 * @param lines in order
 * @param textLine where its header stands in the patch's text, from 1
 */
public record Hunk(int oldStart, int newStart, List<Line> lines, int textLine) {
  /** Copies the lines. */
  public Hunk {
    lines = List.copyOf(lines);
  }

  /** What happens to a line. */
  public enum Sign {
    CONTEXT(' '),
    ADDED('+'),
    REMOVED('-');

    private final char mark;

    Sign(char mark) {
      this.mark = mark;
    }

    /** The character in front of the line. */
    public char mark() {
      return mark;
    }
  }

  /**
   * A line of a hunk.
   *
   * @param text with its newline, which only the last line of a file may lack; one character per
   *     byte
   */
  public record Line(Sign sign, String text) {}

  /** What the old file must have here. */
  List<String> before() {
    return without(Sign.ADDED);
  }

  /** What the new file has here. */
  List<String> after() {
    return without(Sign.REMOVED);
  }

  /** Number of unchanged lines at its end. */
  int trailing() {
    int count = 0;
    while (count < lines.size() && lines.get(lines.size() - 1 - count).sign() == Sign.CONTEXT) {
      count++;
    }
    return count;
  }

  private List<String> without(Sign sign) {
    List<String> texts = new ArrayList<>();
    for (Line line : lines) {
      if (line.sign() != sign) {
        texts.add(line.text());
      }
    }
    return texts;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

/**
 * How far the thing at a location reaches, for editors to underline and reports to mark: a name, or
 * a call up to its closing parenthesis.
 *
 * @param endLine 1-based
 * @param endColumn 1-based, in UTF-16 units, just after the last character
 */
public record Extent(int endLine, int endColumn) {
  /** A call whose parenthesis does not close within this many characters ends with its name. */
  private static final int CALL_LIMIT = 2000;

  /**
   * Finds the extent in the text of the file. A place outside the text has the extent of one
   * character, so that a stale location still gives a usable range.
   *
   * @param text the whole file
   * @param line 1-based
   * @param column 1-based
   */
  public static Extent at(String text, int line, int column) {
    int start = offset(text, line, column);
    if (start < 0) {
      return new Extent(line, column + 1);
    }
    int end = start;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    if (end == start) {
      return new Extent(line, column + 1);
    }
    int close = closing(text, end);
    return close < 0
        ? new Extent(line, column + end - start)
        : place(text, start, close, line, column);
  }

  /** The offset of a place, or -1 if the text has no such line or the line no such column. */
  private static int offset(String text, int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int newline = text.indexOf('\n', start);
      if (newline < 0) {
        return -1;
      }
      start = newline + 1;
    }
    int newline = text.indexOf('\n', start);
    int length = (newline < 0 ? text.length() : newline) - start;
    return column < 1 || column > length ? -1 : start + column - 1;
  }

  /** The offset after the parenthesis that closes the one opened at {@code from}, or -1. */
  private static int closing(String text, int from) {
    int limit = Math.min(text.length(), from + CALL_LIMIT);
    int depth = 0;
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        return i + 1;
      } else if (depth == 0 || c == ';' || c == '{') {
        return -1;
      }
    }
    return -1;
  }

  private static Extent place(String text, int start, int end, int line, int column) {
    int endLine = line;
    int endColumn = column;
    for (int i = start; i < end; i++) {
      if (text.charAt(i) == '\n') {
        endLine++;
        endColumn = 1;
      } else {
        endColumn++;
      }
    }
    return new Extent(endLine, endColumn);
  }

  private static boolean isNamePart(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}

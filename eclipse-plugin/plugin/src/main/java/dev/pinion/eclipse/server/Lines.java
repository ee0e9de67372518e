// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import org.eclipse.lsp4j.Position;

/**
 * Between offsets in a text and positions of the protocol. Both count UTF-16 units, and lines end
 * as they do in Eclipse: with LF, CR or both.
 *
 * @param text the whole text
 */
public record Lines(CharSequence text) {
  /**
   * Where an offset is.
   *
   * @param offset one in the text; the nearest one is taken for others
   */
  public Position position(int offset) {
    int end = Math.max(0, Math.min(offset, text.length()));
    int line = 0;
    int start = 0;
    for (int next = next(0); next >= 0 && next <= end; next = next(start)) {
      start = next;
      line++;
    }
    return new Position(line, end - start);
  }

  /** The offset of a position; the nearest one for a position that is not in the text. */
  public int offset(Position position) {
    int start = 0;
    for (int line = 0; line < position.getLine(); line++) {
      int next = next(start);
      if (next < 0) {
        return text.length();
      }
      start = next;
    }
    int end = start;
    while (end < text.length() && !isEnd(text.charAt(end))) {
      end++;
    }
    return start + Math.min(position.getCharacter(), end - start);
  }

  /** Where the line after that of an offset starts; -1 if there is none. */
  private int next(int offset) {
    for (int at = offset; at < text.length(); at++) {
      if (isEnd(text.charAt(at))) {
        boolean both =
            text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
        return both ? at + 2 : at + 1;
      }
    }
    return -1;
  }

  private static boolean isEnd(char c) {
    return c == '\n' || c == '\r';
  }
}

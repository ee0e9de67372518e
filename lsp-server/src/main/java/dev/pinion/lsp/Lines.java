// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.Arrays;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * A text cut into lines at {@code \n}, {@code \r\n} and {@code \r}, as the protocol cuts it.
 * Positions are UTF-16 units; those outside of the text are moved to its nearest place.
 */
final class Lines {
  private final String text;
  private final int[] starts;

  private Lines(String text, int[] starts) {
    this.text = text;
    this.starts = starts;
  }

  static Lines of(String text) {
    int[] starts = new int[64];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !crlf)) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = i + 1;
      }
    }
    return new Lines(text, Arrays.copyOf(starts, count));
  }

  int count() {
    return starts.length;
  }

  /** A line without its end; empty if there is no such line. 0-based. */
  String line(int number) {
    if (number < 0 || number >= starts.length) {
      return "";
    }
    return text.substring(starts[number], endOfLine(number));
  }

  /** The offset of a position in the text. */
  int offset(Position position) {
    int line = position.getLine();
    if (line < 0) {
      return 0;
    }
    if (line >= starts.length) {
      return text.length();
    }
    int end = endOfLine(line);
    long offset = (long) starts[line] + Math.max(0, position.getCharacter());
    return (int) Math.min(offset, end);
  }

  /** The text with a range replaced; a range that ends before it starts is taken as empty. */
  String replace(Range range, String replacement) {
    int start = offset(range.getStart());
    int end = Math.max(start, offset(range.getEnd()));
    return text.substring(0, start) + replacement + text.substring(end);
  }

  private int endOfLine(int line) {
    int end = line + 1 < starts.length ? starts[line + 1] : text.length();
    while (end > starts[line] && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }
}

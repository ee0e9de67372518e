// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text that CDT gets: the tokens with their edits, one space where there was any white space,
 * and the definitions of local macros on lines of their own.
 */
final class PreparedText {
  private char[] chars = new char[1024];
  private int length;
  private int[] prepared = new int[256];
  private int[] original = new int[256];
  private int[] exact = new int[256];
  private int segments;
  private int lastDelta = Integer.MIN_VALUE;

  char[] chars() {
    return Arrays.copyOf(chars, length);
  }

  String text() {
    return new String(chars, 0, length);
  }

  PositionMap map() {
    return new PositionMap(prepared, original, exact, segments);
  }

  /** A definition that goes before the first token behind its offset. */
  record Line(int offset, String text) {}

  /** Writes the tokens from {@code from} to {@code to}; lines are sorted by offset. */
  void write(Draft draft, List<Line> lines, int from, int to) {
    Tokens tokens = draft.tokens;
    int line = 0;
    int end = 0;
    if (from < to) {
      // White space goes and little comes: what is written is rarely longer than what is read.
      ensure(Math.max(0, tokens.ends[to - 1] - tokens.starts[from]));
    }
    for (int i = from; i < to; i++) {
      while (line < lines.size() && lines.get(line).offset() <= tokens.starts[i]) {
        line(lines.get(line++));
      }
      int start = tokens.starts[i];
      String prefix = draft.prefix(i);
      String suffix = draft.suffix(i);
      if (start > end || prefix != null || draft.isDropped(i)) {
        space();
      }
      insert(prefix, start);
      if (!draft.isDropped(i)) {
        token(draft, i);
      }
      insert(suffix, tokens.ends[i]);
      if (suffix != null) {
        space();
      }
      end = tokens.ends[i];
    }
    while (to == tokens.count && line < lines.size()) {
      line(lines.get(line++));
    }
  }

  private void token(Draft draft, int i) {
    Tokens tokens = draft.tokens;
    int start = tokens.starts[i];
    int size = tokens.ends[i] - start;
    String instead = draft.instead(i);
    if (instead != null) {
      insert(instead, start);
    } else if (size == 0) {
      insert(String.valueOf((char) tokens.kinds[i]), start);
    } else {
      if (lastDelta != start - length) {
        segment(start, 1);
        lastDelta = start - length;
      }
      ensure(size);
      System.arraycopy(tokens.source, start, chars, length, size);
      length += size;
    }
  }

  private void insert(@Nullable String text, int offset) {
    if (text == null || text.isEmpty()) {
      return;
    }
    segment(offset, 0);
    lastDelta = Integer.MIN_VALUE;
    ensure(text.length());
    text.getChars(0, text.length(), chars, length);
    length += text.length();
  }

  private void line(Line line) {
    insert("\n" + line.text() + "\n", line.offset());
  }

  private void space() {
    if (length > 0 && chars[length - 1] > ' ') {
      ensure(1);
      chars[length++] = ' ';
    }
  }

  private void segment(int offset, int isExact) {
    if (segments == prepared.length) {
      prepared = Arrays.copyOf(prepared, segments * 2);
      original = Arrays.copyOf(original, segments * 2);
      exact = Arrays.copyOf(exact, segments * 2);
    }
    prepared[segments] = length;
    original[segments] = offset;
    exact[segments] = isExact;
    segments++;
  }

  private void ensure(int more) {
    if (length + more > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(length + more, chars.length * 2));
    }
  }
}

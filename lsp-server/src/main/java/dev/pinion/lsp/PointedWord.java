// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.Optional;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/**
 * A word of a buffer that may stand for something the atlas knows, judged by what stands beside it
 * on its line. What it is, only the linked program can tell.
 *
 * @param kind what it may be
 * @param callee whose argument it is, alone or as the last one; else empty
 */
record PointedWord(String word, Kind kind, String callee, Range range) {
  /** What a word may be. */
  enum Kind {
    /** Stands behind {@code struct}. */
    TAG,
    /** A member, where it is used or declared; or the name of a symbol. */
    NAME
  }

  /** The word at a position or right before it; empty if it is nothing to ask about. */
  static Optional<PointedWord> at(Lines lines, Position position) {
    String line = lines.line(position.getLine());
    int start = Math.min(Math.max(0, position.getCharacter()), line.length());
    int end = start;
    while (start > 0 && isWord(line.charAt(start - 1))) {
      start--;
    }
    while (end < line.length() && isWord(line.charAt(end))) {
      end++;
    }
    if (start == end || Character.isDigit(line.charAt(start)) || isComment(line, start)) {
      return Optional.empty();
    }
    String before = line.substring(0, start).stripTrailing();
    String after = line.substring(end).stripLeading();
    String word = line.substring(start, end);
    Range range =
        new Range(new Position(position.getLine(), start), new Position(position.getLine(), end));
    if (endsWithWord(before, "struct") || endsWithWord(before, "union")) {
      return Optional.of(new PointedWord(word, Kind.TAG, "", range));
    }
    boolean member = before.endsWith("->") || before.endsWith(".");
    boolean declared = !after.isEmpty() && ";[,:=)".indexOf(after.charAt(0)) >= 0;
    return member || declared
        ? Optional.of(new PointedWord(word, Kind.NAME, member ? "" : callee(before), range))
        : Optional.empty();
  }

  private static boolean isComment(String line, int at) {
    String before = line.substring(0, at);
    int open = before.lastIndexOf("/*");
    return before.contains("//")
        || before.stripLeading().startsWith("*")
        || (open >= 0 && before.indexOf("*/", open) < 0);
  }

  private static boolean endsWithWord(String text, String word) {
    return text.endsWith(word)
        && (text.length() == word.length()
            || !isWord(text.charAt(text.length() - word.length() - 1)));
  }

  /** The name before the parenthesis that is open at the end of the text. */
  private static String callee(String before) {
    int depth = 0;
    for (int i = before.length() - 1; i >= 0; i--) {
      char c = before.charAt(i);
      if (c == ')') {
        depth++;
      } else if (c == '(' && depth-- == 0) {
        int end = i;
        while (i > 0 && isWord(before.charAt(i - 1))) {
          i--;
        }
        return before.substring(i, end);
      }
    }
    return "";
  }

  private static boolean isWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}

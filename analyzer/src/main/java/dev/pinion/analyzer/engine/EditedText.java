// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.rule.TextEdit;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The bytes of a file with edits carried out; all other bytes stay as they are. */
final class EditedText {
  private final Charset charset;
  private final String text;

  private EditedText(byte[] bytes) {
    this.charset = isUtf8(bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    this.text = new String(bytes, charset);
  }

  /** Where an edit begins and ends in the text. */
  private record Span(int start, int end, String after) {}

  /**
   * Carries out edits; the same edit twice is one.
   *
   * @param edits all of this file
   * @throws EditException if the text of one does not stand where it says, or two overlap
   */
  static byte[] of(byte[] bytes, List<TextEdit> edits) throws EditException {
    return new EditedText(bytes).with(edits);
  }

  private byte[] with(List<TextEdit> edits) throws EditException {
    List<Span> spans = new ArrayList<>();
    for (TextEdit edit : edits.stream().distinct().toList()) {
      spans.add(span(edit));
    }
    spans.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
    StringBuilder edited = new StringBuilder(text.length() + 64);
    int done = 0;
    for (Span span : spans) {
      if (span.start() < done) {
        throw new EditException("another fix edits the same text");
      }
      edited.append(text, done, span.start()).append(span.after());
      done = span.end();
    }
    return edited.append(text, done, text.length()).toString().getBytes(charset);
  }

  private Span span(TextEdit edit) throws EditException {
    int start = offset(edit.at().line(), edit.at().column());
    if (start < 0 || !text.startsWith(edit.before(), start) || cutsName(edit, start)) {
      throw new EditException(
          "line "
              + edit.at().line()
              + " does not spell "
              + edit.before()
              + " there: it comes from a macro, or the file has changed");
    }
    String after = text.contains("\r\n") ? edit.after().replace("\n", "\r\n") : edit.after();
    return new Span(start, start + edit.before().length(), after);
  }

  /** Whether what goes is only a part of a longer name. */
  private boolean cutsName(TextEdit edit, int start) {
    int end = start + edit.before().length();
    return end > start
        && ((start > 0 && isName(text.charAt(start)) && isName(text.charAt(start - 1)))
            || (end < text.length() && isName(text.charAt(end)) && isName(text.charAt(end - 1))));
  }

  /** The offset of a place, or -1 if the text has no such line or the line no such column. */
  private int offset(int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
      if (start == 0) {
        return -1;
      }
    }
    int newline = text.indexOf('\n', start);
    int length = (newline < 0 ? text.length() : newline) - start;
    return line < 1 || column < 1 || column > length + 1 ? -1 : start + column - 1;
  }

  private static boolean isName(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  /** As the parser reads it: what is not UTF-8 is Latin-1, so that every byte has its character. */
  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}

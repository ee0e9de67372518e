// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The characters of one file and its line table. Bytes that are not UTF-8 are read as Latin-1, so
 * every byte sequence has a text and every character an offset.
 */
public final class SourceText {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** What most files have more than; a wrong guess costs a copy. */
  private static final int CHARS_PER_LINE = 24;

  private final char[] chars;
  private final int length;

  /** Made when first asked for: half of all bytes are in headers that nobody asks about lines. */
  private int @Nullable [] lineStarts;

  private SourceText(char[] chars, int length) {
    this.chars = chars;
    this.length = length;
  }

  /** Decodes the bytes; never fails. */
  public static SourceText of(byte[] bytes) {
    if (!isAscii(bytes)) {
      return decode(bytes);
    }
    return new SourceText(latin1(bytes), bytes.length);
  }

  /** Eight bytes at a time: this looks at every byte of every file. */
  private static boolean isAscii(byte[] bytes) {
    int i = 0;
    for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
      if (((long) EIGHT_BYTES.get(bytes, i) & 0x8080808080808080L) != 0) {
        return false;
      }
    }
    for (; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  private static char[] latin1(byte[] bytes) {
    char[] chars = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      chars[i] = (char) (bytes[i] & 0xff);
    }
    return chars;
  }

  private static SourceText decode(byte[] bytes) {
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes));
      char[] chars = new char[decoded.remaining()];
      decoded.get(chars);
      return new SourceText(chars, chars.length);
    } catch (CharacterCodingException notUtf8) {
      return new SourceText(latin1(bytes), bytes.length);
    }
  }

  private int[] lineStarts() {
    int[] known = lineStarts;
    if (known == null) {
      known = lineStarts(chars, length);
      lineStarts = known;
    }
    return known;
  }

  private static int[] lineStarts(char[] chars, int length) {
    int[] starts = new int[length / CHARS_PER_LINE + 16];
    int line = 1;
    for (int i = 0; i < length; i++) {
      if (chars[i] == '\n') {
        if (line == starts.length) {
          starts = Arrays.copyOf(starts, line * 2);
        }
        starts[line++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, line);
  }

  /** Number of characters. */
  public int length() {
    return length;
  }

  /** Number of lines; a file that ends in a newline has an empty last line. */
  public int lines() {
    return lineStarts().length;
  }

  /** The text between two offsets; offsets outside the file are clamped. */
  public String substring(int start, int end) {
    int from = clamp(start);
    int to = Math.max(from, clamp(end));
    return new String(chars, from, to - from);
  }

  /** The 1-based line that holds the offset. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts(), clamp(offset));
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The 1-based column of the offset in its line, in characters. */
  public int column(int offset) {
    return clamp(offset) - lineStarts()[line(offset) - 1] + 1;
  }

  /** Offset of the first character of a 1-based line. */
  public int lineStart(int line) {
    int[] starts = lineStarts();
    return starts[Math.max(0, Math.min(line, starts.length) - 1)];
  }

  /** The lines and columns of the characters from {@code start} to {@code end} (exclusive). */
  public Position position(int start, int end) {
    int last = Math.max(start, end);
    return new Position(line(start), column(start), line(last), column(last));
  }

  /** The shared characters, for the floors of this package only; nobody writes to them. */
  char[] chars() {
    return chars;
  }

  private int clamp(int offset) {
    return Math.max(0, Math.min(offset, length));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/**
 * What the characters of C are to the tokenizer. A table and not comparisons: every character of
 * every file is looked at here.
 */
final class Characters {
  private static final int WORD_START = 1;
  private static final int DIGIT = 2;
  private static final int CONSTANT = 4;
  private static final int MARK = 8;

  private static final byte[] CLASSES = new byte[128];

  static {
    for (char c = 0; c < CLASSES.length; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      CLASSES[c] |= (byte) (letter || c == '_' || c == '$' ? WORD_START : 0);
      CLASSES[c] |= (byte) (c >= '0' && c <= '9' ? DIGIT : 0);
      boolean constant =
          (c >= 'a' && c <= 'f')
              || (c >= 'A' && c <= 'F')
              || (c >= '0' && c <= '9')
              || "xXuUlL()-+~<>|&* ".indexOf(c) >= 0;
      CLASSES[c] |= (byte) (constant ? CONSTANT : 0);
      CLASSES[c] |= (byte) ("\n\\/\"'".indexOf(c) >= 0 ? MARK : 0);
    }
  }

  private Characters() {}

  /** A letter; so is whatever is not ASCII. */
  static boolean isWordStart(char c) {
    return c >= CLASSES.length || (CLASSES[c] & WORD_START) != 0;
  }

  static boolean isWordPart(char c) {
    return c >= CLASSES.length || (CLASSES[c] & (WORD_START | DIGIT)) != 0;
  }

  /** A character that numbers and expressions over numbers are made of. */
  static boolean isConstantPart(char c) {
    return c < CLASSES.length && (CLASSES[c] & CONSTANT) != 0;
  }

  /** A character that may end a directive, or be the start of what cannot. */
  static boolean marksDirective(char c) {
    return c < CLASSES.length && (CLASSES[c] & MARK) != 0;
  }
}

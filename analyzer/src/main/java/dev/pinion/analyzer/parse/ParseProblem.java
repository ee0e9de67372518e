// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/**
 * Something of the file that the trees do not show.
 *
 * @param kind what went wrong
 * @param line the line where it shows
 * @param function the function around it, or empty
 * @param message one line of text: for syntax, the text at the place
 */
public record ParseProblem(Kind kind, int line, String function, String message) {
  /** Families of problems. */
  public enum Kind {
    /** A statement, member or declaration could not be read. */
    SYNTAX,
    /** Braces or parentheses do not match; parsing went on at the next definition. */
    UNBALANCED,
    /** Nested deeper than the parser follows. */
    TOO_DEEP,
    /** The file is larger than the parser reads. */
    TOO_LARGE,
    /** The parser failed on this piece; the piece is missing from the trees. */
    FAILURE
  }
}

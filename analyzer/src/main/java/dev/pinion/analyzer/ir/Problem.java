// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

/**
 * Something of a file that was not analysed, and why: an entry of the coverage ledger.
 *
 * @param function the function it stands in, or the empty string
 * @param detail one line for people
 */
public record Problem(Kind kind, int line, String function, String detail) {
  /** Why something was not analysed. */
  public enum Kind {
    /** The parser met something it could not make sense of. */
    SYNTAX,
    /** Nested too deep, too many blocks, or too many paths for a rule. */
    LIMIT,
    /** An arm of a conditional inside a function that was not taken. */
    ARM_NOT_TAKEN,
    /** The file could not be read. */
    UNREADABLE,
    /** The analyzer itself failed. */
    CRASH
  }
}

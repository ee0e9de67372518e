// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

/**
 * How large a function may grow before its body is given up; a fixed number keeps results equal.
 */
final class Limits {
  static final int BLOCKS = 30_000;
  static final int INSTRUCTIONS = 200_000;

  /** Nesting of statements and expressions together; far below what a thread's stack bears. */
  static final int DEPTH = 600;

  /** Nesting of an expression that is kept as one value. */
  static final int FORMULA_DEPTH = 60;

  /** Values kept of one initialiser. */
  static final int INITIALIZERS = 20_000;

  private Limits() {}
}

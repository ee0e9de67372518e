// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

/** The operators with two operands. */
public enum BinaryOperator {
  MULTIPLY("*"),
  DIVIDE("/"),
  REMAINDER("%"),
  ADD("+"),
  SUBTRACT("-"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>"),
  LESS("<"),
  GREATER(">"),
  LESS_EQUAL("<="),
  GREATER_EQUAL(">="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  AND("&"),
  EXCLUSIVE_OR("^"),
  INCLUSIVE_OR("|"),
  LOGICAL_AND("&&"),
  LOGICAL_OR("||"),
  /** {@code 1 ... 3}, of a case label. */
  RANGE("...");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** The spelling. */
  public String symbol() {
    return symbol;
  }

  /** {@code &&} or {@code ||}. */
  public boolean isLogical() {
    return this == LOGICAL_AND || this == LOGICAL_OR;
  }
}

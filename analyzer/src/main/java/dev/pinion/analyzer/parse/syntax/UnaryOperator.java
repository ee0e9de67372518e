// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

/** The operators with one operand. */
public enum UnaryOperator {
  /** Parentheses. */
  PARENTHESES,
  PLUS,
  MINUS,
  TILDE,
  NOT,
  DEREFERENCE,
  ADDRESS,
  PREFIX_INCREMENT,
  PREFIX_DECREMENT,
  POSTFIX_INCREMENT,
  POSTFIX_DECREMENT,
  SIZEOF,
  ALIGNOF,
  /** {@code &&label}. */
  LABEL_ADDRESS
}

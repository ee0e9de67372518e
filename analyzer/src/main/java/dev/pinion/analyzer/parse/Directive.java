// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/**
 * A preprocessing directive.
 *
 * @param type which directive
 * @param start the offset of its {@code #}
 * @param bodyStart the offset after the directive's name
 * @param end the offset after its last character, before the newline
 * @param token how many tokens stand before it
 */
record Directive(Type type, int start, int bodyStart, int end, int token) {
  enum Type {
    IF,
    IFDEF,
    IFNDEF,
    ELIF,
    ELIFDEF,
    ELIFNDEF,
    ELSE,
    ENDIF,
    DEFINE,
    UNDEF,
    INCLUDE,
    OTHER;

    boolean opens() {
      return this == IF || this == IFDEF || this == IFNDEF;
    }

    boolean continues() {
      return this == ELIF || this == ELIFDEF || this == ELIFNDEF || this == ELSE;
    }
  }
}

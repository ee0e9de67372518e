// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/** A macro that the file defines and CDT expands. */
final class LocalMacro {
  final String name;
  final boolean isFunction;
  final int directive;

  /** Where the directive's text from the name to the end of the parameters ends. */
  final int headEnd;

  final Tokens body;

  /** Where the macro is used decides how its body is read. */
  enum Use {
    EXPRESSION,
    STATEMENT,
    LOOP,
    MEMBER,
    FILE
  }

  private Use use = Use.EXPRESSION;

  LocalMacro(String name, boolean isFunction, int directive, int headEnd, Tokens body) {
    this.name = name;
    this.isFunction = isFunction;
    this.directive = directive;
    this.headEnd = headEnd;
    this.body = body;
  }

  Use use() {
    return use;
  }

  /** Notes a use; the most demanding one counts. */
  void noteUse(Use seen) {
    if (seen.compareTo(use) > 0) {
      use = seen;
    }
  }

  /** True if the body already is a whole statement, loop head or block. */
  boolean isStatement() {
    int first = body.kind(0);
    return Kind.startsStatement(first) && first != Kind.ASM
        || first == '{'
        || first == Kind.CASE
        || first == Kind.DEFAULT
        || body.kind(body.count - 1) == ';'
        || body.kind(body.count - 1) == '}';
  }
}

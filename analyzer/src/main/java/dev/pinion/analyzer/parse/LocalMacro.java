// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.BitSet;
import java.util.List;

/** A macro that the file defines and that is expanded. */
final class LocalMacro {
  final String name;
  final boolean isFunction;
  final List<String> parameters;
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
    FILE,

    /** The head of a function or variable whose body follows the use. */
    HEAD
  }

  private Use use = Use.EXPRESSION;
  private final BitSet types = new BitSet();

  /** The body as it was last prepared, and what was known about the uses then. */
  private String prepared = "";

  private boolean current;

  LocalMacro(
      String name,
      boolean isFunction,
      List<String> parameters,
      int directive,
      int headEnd,
      Tokens body) {
    this.name = name;
    this.isFunction = isFunction;
    this.parameters = List.copyOf(parameters);
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
      current = false;
    }
  }

  /** True if nothing new was learnt since the body was prepared. */
  boolean isCurrent() {
    return current;
  }

  String prepared() {
    return prepared;
  }

  /** Marks the body as being prepared with what is known now. */
  void startPreparing() {
    current = true;
  }

  void setPrepared(String body) {
    prepared = body;
  }

  /** Notes that a use hands a type to a parameter. */
  void noteType(int parameter) {
    if (!types.get(parameter)) {
      types.set(parameter);
      current = false;
    }
  }

  /** True if some use hands a type to this parameter. */
  boolean takesType(String parameter) {
    int index = parameters.indexOf(parameter);
    return index >= 0 && types.get(index);
  }

  /** True for the name of the rest of a variadic macro's arguments. */
  boolean isRest(String parameter) {
    int last = parameters.size() - 1;
    return last > 0
        && parameters.get(last).equals("...")
        && parameters.get(last - 1).equals(parameter);
  }

  /** True if the body starts with the head of a loop or condition and does not end it. */
  boolean startsHead() {
    int first = body.kind(0);
    int last = body.kind(body.count - 1);
    return first >= Kind.IF && first <= Kind.SWITCH && last != ';' && last != '}';
  }

  /** True if the body already is a whole statement, loop head or block. */
  boolean isStatement() {
    int first = body.kind(0);
    return (Kind.startsStatement(first) && first != Kind.ASM)
        || first == '{'
        || first == Kind.CASE
        || first == Kind.DEFAULT
        || body.kind(body.count - 1) == ';'
        || body.kind(body.count - 1) == '}';
  }
}

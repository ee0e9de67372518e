// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.grammar.Lexemes;
import dev.pinion.analyzer.parse.grammar.Symbol;
import java.util.List;

/** A macro as the expansion sees it: its parameters, and its body as lexemes. */
final class Replacement {
  private static final int NONE = -1;

  private final boolean function;
  private final boolean variadic;
  private final int parameters;
  private final Lexemes body;

  /** For each lexeme of the body the parameter it is, or -1. */
  private final int[] parameterOf;

  private final boolean pastes;

  /** Set while the macro's own body is being read: it does not expand itself. */
  boolean expanding;

  private Replacement(boolean function, List<String> parameters, String text) {
    this.function = function;
    this.variadic = parameters.contains("...");
    List<String> names = variadic ? parameters.subList(0, parameters.indexOf("...")) : parameters;
    this.parameters = names.size();
    this.body = lex(text);
    this.parameterOf = new int[body.count()];
    boolean anyPaste = false;
    for (int i = 0; i < parameterOf.length; i++) {
      anyPaste |= body.symbol(i) == Symbol.PASTE;
      parameterOf[i] = Symbol.isWord(body.symbol(i)) ? names.indexOf(body.text(i)) : NONE;
    }
    this.pastes = anyPaste;
  }

  /** A macro of the file with its body as it was last prepared. */
  static Replacement of(LocalMacro macro) {
    return new Replacement(macro.isFunction, macro.parameters, macro.prepared());
  }

  /** A macro that the compiler knows. */
  static Replacement builtin(List<String> parameters, String text) {
    return new Replacement(true, parameters, text);
  }

  private static Lexemes lex(String text) {
    char[] chars = text.toCharArray();
    Tokens tokens = new Tokenizer(chars, 0, chars.length, Words.standard()).body().tokens();
    Lexemes lexemes = new Lexemes(chars, tokens.count);
    for (int i = 0; i < tokens.count; i++) {
      int start = tokens.starts[i];
      int end = tokens.ends[i];
      int symbol = Terminals.of(tokens.kinds[i], chars, start, end);
      lexemes.add(symbol, start, end - 1, tokens.text(i));
    }
    return lexemes;
  }

  boolean isFunction() {
    return function;
  }

  /** Whether {@code ##} is in the body. */
  boolean pastes() {
    return pastes;
  }

  int parameters() {
    return parameters;
  }

  Lexemes body() {
    return body;
  }

  /** The parameter that a lexeme of the body is, or -1. */
  int parameter(int i) {
    return i < parameterOf.length ? parameterOf[i] : NONE;
  }

  /** Whether the parameter stands for all arguments that are left. */
  boolean isRest(int parameter) {
    return variadic && parameter == parameters - 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

/** The lexemes with a place in them, and the depth of nesting there. */
final class Cursor {
  /** Nested deeper than this, a statement or declaration is given up. */
  private static final int MAX_DEPTH = 1500;

  /** Thrown to the next statement or declaration around; without a trace, so that it is cheap. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable() {
      super("", null, false, false);
    }
  }

  private final Lexemes lexemes;

  /** Of the lexemes: asked for several times at each of them. */
  private final int[] symbols;

  private int end;
  private int depth;

  /** The index of the next lexeme. */
  int at;

  Cursor(Lexemes lexemes) {
    this.lexemes = lexemes;
    this.symbols = lexemes.symbols();
    this.end = lexemes.count();
  }

  /** From here on the lexemes seem to end at an index. */
  void endAt(int index) {
    end = Math.min(index, lexemes.count());
  }

  int end() {
    return end;
  }

  int symbol() {
    return at < end ? symbols[at] : Symbol.END;
  }

  int symbol(int ahead) {
    int i = at + ahead;
    return i < end ? symbols[i] : Symbol.END;
  }

  boolean is(int symbol) {
    return symbol() == symbol;
  }

  /** Goes on if the next lexeme is this one. */
  boolean take(int symbol) {
    if (symbol() == symbol) {
      at++;
      return true;
    }
    return false;
  }

  void expect(int symbol) throws Unreadable {
    if (!take(symbol)) {
      throw unreadable();
    }
  }

  /** Goes on behind the next lexeme of a kind, or to the end. */
  void skipTo(int symbol) {
    while (!is(Symbol.END) && !take(symbol)) {
      at++;
    }
  }

  Unreadable unreadable() {
    return new Unreadable();
  }

  /** Where the next lexeme starts in the file; at the end, where the last one ends. */
  int first() {
    return at < end ? lexemes.first(at) : end > 0 ? lexemes.last(end - 1) : 0;
  }

  /** Where the lexeme just passed ends in the file. */
  int last() {
    return at > 0 ? lexemes.last(at - 1) : 0;
  }

  /** The text of the next lexeme. */
  String text() {
    return lexemes.text(at);
  }

  /** The text of the lexeme at an index. */
  String text(int i) {
    return lexemes.text(i);
  }

  /** The name that stands next. */
  String name() throws Unreadable {
    if (symbol() != Symbol.IDENTIFIER) {
      throw unreadable();
    }
    String name = text(at);
    at++;
    return name;
  }

  /** One level deeper in the grammar; pair with {@link #ascend}. */
  void descend() throws Unreadable {
    if (++depth > MAX_DEPTH) {
      depth--;
      throw unreadable();
    }
  }

  void ascend() {
    depth--;
  }

  int depth() {
    return depth;
  }

  /** Back to a depth after something was given up. */
  void resetDepth(int to) {
    depth = to;
  }
}

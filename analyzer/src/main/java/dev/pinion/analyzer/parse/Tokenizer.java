// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens and directives in one pass. Comments and white space are dropped.
 * Whatever the characters are, every one of them is in at most one token and the pass ends.
 */
final class Tokenizer {
  /** Half of the files have fewer tokens than this says; the lists of the others grow. */
  private static final int CHARS_PER_TOKEN = 12;

  private final char[] source;
  private final int end;
  private final Words words;
  private final Tokens tokens;
  private final List<Directive> directives = new ArrayList<>();
  private int at;
  private boolean first = true;

  Tokenizer(char[] source, int start, int end, Words words) {
    this.source = source;
    this.at = start;
    this.end = end;
    this.words = words;
    this.tokens = new Tokens(source, Math.max(16, (end - start) / CHARS_PER_TOKEN));
  }

  Tokens tokens() {
    return tokens;
  }

  List<Directive> directives() {
    return directives;
  }

  /** Reads a whole file. */
  Tokenizer file() {
    while (at < end) {
      char c = source[at];
      if (c == '\n') {
        first = true;
        at++;
      } else if (c == '#' && first) {
        directive();
      } else {
        step(c);
      }
    }
    return this;
  }

  /** Reads the body of a macro, where line ends are spliced and {@code #} is an operator. */
  Tokenizer body() {
    first = false;
    while (at < end) {
      char c = source[at];
      if (c == '\n') {
        at++;
      } else {
        step(c);
      }
    }
    return this;
  }

  private void step(char c) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b) {
      at++;
    } else if (c == '\\' && lineEndAfter(at + 1)) {
      at += peek(1) == '\r' ? 3 : 2;
    } else if (c == '/' && peek(1) == '*') {
      blockComment();
    } else if (c == '/' && peek(1) == '/') {
      lineComment();
    } else {
      token(c);
      first = false;
    }
  }

  private void token(char c) {
    int start = at;
    if (isWordStart(c)) {
      word(start);
    } else if ((c >= '0' && c <= '9') || (c == '.' && peek(1) >= '0' && peek(1) <= '9')) {
      number();
      tokens.add(Kind.NUMBER, start, at, first);
    } else if (c == '"') {
      quoted('"');
      tokens.add(Kind.STRING, start, at, first);
    } else if (c == '\'') {
      quoted('\'');
      tokens.add(Kind.CHARACTER, start, at, first);
    } else {
      punctuator(c, start);
    }
  }

  private void word(int start) {
    char[] chars = source;
    int hash = 0;
    int i = start;
    for (; i < end && Characters.isWordPart(chars[i]); i++) {
      hash = hash * 31 + chars[i];
    }
    at = i;
    char next = peek(0);
    if ((next == '"' || next == '\'') && isLiteralPrefix(start)) {
      quoted(next);
      tokens.add(next == '"' ? Kind.STRING : Kind.CHARACTER, start, at, first);
      return;
    }
    tokens.addWord(words.kind(source, start, at, hash), start, at, first, hash);
  }

  private boolean isLiteralPrefix(int start) {
    int length = at - start;
    char c = source[start];
    return (length == 1 && (c == 'L' || c == 'u' || c == 'U'))
        || (length == 2 && c == 'u' && source[start + 1] == '8');
  }

  private void number() {
    while (at < end) {
      char c = source[at];
      if ((c == '+' || c == '-') && isExponent(at - 1)) {
        at++;
      } else if (isWordPart(c) || (c == '.' && peek(1) != '.')) {
        at++;
      } else {
        return;
      }
    }
  }

  /** True after the e of 1e+3, false after the e of 0x1e+3. */
  private boolean isExponent(int i) {
    char c = source[i];
    if (c != 'e' && c != 'E' && c != 'p' && c != 'P') {
      return false;
    }
    int start = i;
    while (start > 0 && (isWordPart(source[start - 1]) || source[start - 1] == '.')) {
      start--;
    }
    boolean hex = source[start] == '0' && (source[start + 1] | 0x20) == 'x';
    return hex == (c == 'p' || c == 'P');
  }

  private void quoted(char quote) {
    at++;
    while (at < end) {
      char c = source[at];
      if (c == '\\' && at + 1 < end) {
        at += 2;
      } else if (c == '\n') {
        return;
      } else {
        at++;
        if (c == quote) {
          return;
        }
      }
    }
  }

  private void punctuator(char c, int start) {
    char n = peek(1);
    char m = peek(2);
    int kind = c < 127 && c > 32 ? c : Kind.OPERATOR;
    int length = 1;
    if (c == '.' && n == '.' && m == '.') {
      kind = Kind.ELLIPSIS;
      length = 3;
    } else if (c == '#' && n == '#') {
      kind = Kind.PASTE;
      length = 2;
    } else if ((c == '-' && n == '>') || ((c == '+' || c == '-') && n == c)) {
      kind = Kind.POSTFIX;
      length = 2;
    } else if ((c == '<' || c == '>') && n == c) {
      length = m == '=' ? 3 : 2;
      kind = m == '=' ? Kind.ASSIGN : Kind.OPERATOR;
    } else if ((c == '&' || c == '|') && n == c) {
      length = 2;
      kind = Kind.OPERATOR;
    } else if (n == '=' && (c == '=' || c == '!' || c == '<' || c == '>')) {
      length = 2;
      kind = Kind.OPERATOR;
    } else if (n == '=' && "+-*/%&|^".indexOf(c) >= 0) {
      length = 2;
      kind = Kind.ASSIGN;
    }
    at = start + length;
    tokens.add(kind, start, at, first);
  }

  private void directive() {
    int start = at;
    int token = tokens.count;
    at++;
    while (at < end && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    int nameStart = at;
    while (at < end && isWordPart(source[at])) {
      at++;
    }
    Directive.Type type = type(nameStart, at);
    int bodyStart = at;
    skipDirective(type == Directive.Type.DEFINE);
    directives.add(new Directive(type, start, bodyStart, at, token));
  }

  private Directive.Type type(int start, int stop) {
    if (isDefine(start, stop)) {
      return Directive.Type.DEFINE; // So are most; the others get a text to compare.
    }
    return switch (new String(source, start, stop - start)) {
      case "if" -> Directive.Type.IF;
      case "ifdef" -> Directive.Type.IFDEF;
      case "ifndef" -> Directive.Type.IFNDEF;
      case "elif" -> Directive.Type.ELIF;
      case "elifdef" -> Directive.Type.ELIFDEF;
      case "elifndef" -> Directive.Type.ELIFNDEF;
      case "else" -> Directive.Type.ELSE;
      case "endif" -> Directive.Type.ENDIF;
      case "undef" -> Directive.Type.UNDEF;
      case "include", "include_next" -> Directive.Type.INCLUDE;
      default -> Directive.Type.OTHER;
    };
  }

  private boolean isDefine(int start, int stop) {
    return stop - start == 6
        && source[start] == 'd'
        && source[start + 1] == 'e'
        && source[start + 2] == 'f'
        && source[start + 3] == 'i'
        && source[start + 4] == 'n'
        && source[start + 5] == 'e';
  }

  /** Quotes count in definitions only: an apostrophe in an {@code #error} is no character. */
  private void skipDirective(boolean quotes) {
    while (at < end) {
      char c = source[at];
      if (c == '\n') {
        return;
      } else if (c == '\\' && lineEndAfter(at + 1)) {
        at += peek(1) == '\r' ? 3 : 2;
      } else if (c == '/' && peek(1) == '*') {
        blockComment();
      } else if (c == '/' && peek(1) == '/') {
        lineComment();
      } else if (quotes && (c == '"' || c == '\'')) {
        quoted(c);
      } else {
        at = unmarked(at + 1);
      }
    }
  }

  /** Behind the characters that are just a part of a directive. */
  private int unmarked(int start) {
    char[] chars = source;
    int i = start;
    while (i < end && !Characters.marksDirective(chars[i])) {
      i++;
    }
    return i;
  }

  private void blockComment() {
    char[] chars = source;
    int last = end - 1;
    int i = at + 2;
    while (i < last && !(chars[i] == '*' && chars[i + 1] == '/')) {
      i++;
    }
    at = Math.min(end, i + 2);
  }

  private void lineComment() {
    while (at < end && source[at] != '\n') {
      at += source[at] == '\\' && at + 1 < end ? 2 : 1;
    }
  }

  private boolean lineEndAfter(int i) {
    return i < end && (source[i] == '\n' || (source[i] == '\r' && peek(2) == '\n'));
  }

  private char peek(int ahead) {
    return at + ahead < end ? source[at + ahead] : 0;
  }

  static boolean isWordStart(char c) {
    return Characters.isWordStart(c);
  }

  static boolean isWordPart(char c) {
    return Characters.isWordPart(c);
  }
}

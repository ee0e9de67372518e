// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import dev.pinion.analyzer.parse.grammar.Symbol;

/** What a token of the preparation is to the grammar: its spelling decides within its kind. */
final class Terminals {
  private Terminals() {}

  static int of(int kind, char[] source, int start, int end) {
    if (kind >= Kind.FIRST_NAME) {
      return Symbol.IDENTIFIER;
    }
    if (kind < Kind.NUMBER) {
      return kind;
    }
    char c = source[start];
    return switch (kind) {
      case Kind.NUMBER -> number(source, start, end);
      case Kind.STRING -> Symbol.STRING;
      case Kind.CHARACTER -> Symbol.CHARACTER;
      case Kind.POSTFIX ->
          c == '+' ? Symbol.INCREMENT : source[start + 1] == '>' ? Symbol.ARROW : Symbol.DECREMENT;
      case Kind.OPERATOR -> operator(c, end - start > 1 ? source[start + 1] : 0);
      case Kind.ASSIGN -> assignment(c);
      case Kind.ELLIPSIS -> Symbol.ELLIPSIS;
      case Kind.PASTE -> Symbol.PASTE;
      case Kind.TYPE -> type(source, start, end);
      case Kind.TAG -> c == 's' ? Symbol.STRUCT : c == 'u' ? Symbol.UNION : Symbol.ENUM;
      case Kind.QUALIFIER -> qualifier(source, start, end);
      case Kind.STORAGE -> storage(c, source[start + 1]);
      case Kind.TYPEOF -> Symbol.TYPEOF;
      case Kind.SIZEOF -> c == 's' ? Symbol.SIZEOF : Symbol.ALIGNOF;
      case Kind.IF -> Symbol.IF;
      case Kind.ELSE -> Symbol.ELSE;
      case Kind.WHILE -> Symbol.WHILE;
      case Kind.FOR -> Symbol.FOR;
      case Kind.DO -> Symbol.DO;
      case Kind.SWITCH -> Symbol.SWITCH;
      case Kind.CASE -> Symbol.CASE;
      case Kind.DEFAULT -> Symbol.DEFAULT;
      case Kind.RETURN -> Symbol.RETURN;
      case Kind.GOTO -> Symbol.GOTO;
      case Kind.BREAK -> Symbol.BREAK;
      case Kind.CONTINUE -> Symbol.CONTINUE;
      case Kind.ASM -> Symbol.ASM;
      case Kind.GENERIC -> Symbol.IDENTIFIER;
      default -> Symbol.OTHER_KEYWORD;
    };
  }

  private static int number(char[] source, int start, int end) {
    boolean hexadecimal = end - start > 1 && (source[start + 1] | 0x20) == 'x';
    for (int i = start; i < end; i++) {
      int c = source[i] | 0x20;
      if (source[i] == '.' || (hexadecimal ? c == 'p' : c == 'e')) {
        return Symbol.FLOATING;
      }
    }
    return Symbol.INTEGER;
  }

  private static int operator(char c, char second) {
    if (second == 0) {
      return '@';
    }
    return switch (c) {
      case '<' -> second == '<' ? Symbol.SHIFT_LEFT : Symbol.LESS_EQUAL;
      case '>' -> second == '>' ? Symbol.SHIFT_RIGHT : Symbol.GREATER_EQUAL;
      case '&' -> Symbol.LOGICAL_AND;
      case '|' -> Symbol.LOGICAL_OR;
      case '=' -> Symbol.EQUAL;
      default -> Symbol.NOT_EQUAL;
    };
  }

  private static int assignment(char c) {
    return switch (c) {
      case '*' -> Symbol.MULTIPLY_ASSIGN;
      case '/' -> Symbol.DIVIDE_ASSIGN;
      case '%' -> Symbol.REMAINDER_ASSIGN;
      case '+' -> Symbol.ADD_ASSIGN;
      case '-' -> Symbol.SUBTRACT_ASSIGN;
      case '<' -> Symbol.SHIFT_LEFT_ASSIGN;
      case '>' -> Symbol.SHIFT_RIGHT_ASSIGN;
      case '&' -> Symbol.AND_ASSIGN;
      case '^' -> Symbol.EXCLUSIVE_OR_ASSIGN;
      default -> Symbol.INCLUSIVE_OR_ASSIGN;
    };
  }

  private static int type(char[] source, int start, int end) {
    return switch (source[start]) {
      case 'v' -> Symbol.VOID;
      case 'c' -> Symbol.CHAR;
      case 'i' -> Symbol.INT;
      case 'l' -> Symbol.LONG;
      case 'f' -> Symbol.FLOAT;
      case 'd' -> Symbol.DOUBLE;
      case 'u' -> Symbol.UNSIGNED;
      case 'b' -> Symbol.BOOL;
      case 's' -> source[start + 1] == 'h' ? Symbol.SHORT : Symbol.SIGNED;
      default ->
          switch (new String(source, start, end - start)) {
            case "_Bool" -> Symbol.BOOL;
            case "__signed__", "__signed" -> Symbol.SIGNED;
            case "__int128" -> Symbol.INT128;
            case "__auto_type" -> Symbol.AUTO_TYPE;
            case "_Complex", "__complex__" -> Symbol.COMPLEX;
            default -> Symbol.IDENTIFIER;
          };
    };
  }

  /** {@code inline}, {@code __inline} and {@code __inline__} among the qualifiers. */
  private static int qualifier(char[] source, int start, int end) {
    int at = start;
    while (at < end && source[at] == '_') {
      at++;
    }
    return at + 1 < end && source[at] == 'i' && source[at + 1] == 'n'
        ? Symbol.INLINE
        : Symbol.QUALIFIER;
  }

  private static int storage(char c, char second) {
    return switch (c) {
      case 's' -> Symbol.STATIC;
      case 'e' -> Symbol.EXTERN;
      case 't' -> second == 'y' ? Symbol.TYPEDEF : Symbol.OTHER_STORAGE;
      default -> Symbol.OTHER_STORAGE;
    };
  }
}

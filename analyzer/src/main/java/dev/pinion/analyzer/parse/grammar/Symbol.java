// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

/**
 * The terminals of the grammar. A punctuator of one character is its own character; all others are
 * numbered from 128 on.
 */
public final class Symbol {
  /** What follows the last lexeme. */
  public static final int END = 0;

  public static final int INTEGER = 128;
  public static final int FLOATING = 129;
  public static final int CHARACTER = 130;
  public static final int STRING = 131;
  public static final int IDENTIFIER = 132;

  public static final int ARROW = 140;
  public static final int INCREMENT = 141;
  public static final int DECREMENT = 142;
  public static final int SHIFT_LEFT = 143;
  public static final int SHIFT_RIGHT = 144;
  public static final int LESS_EQUAL = 145;
  public static final int GREATER_EQUAL = 146;
  public static final int EQUAL = 147;
  public static final int NOT_EQUAL = 148;
  public static final int LOGICAL_AND = 149;
  public static final int LOGICAL_OR = 150;
  public static final int ELLIPSIS = 151;

  /** {@code ##}. */
  public static final int PASTE = 152;

  public static final int MULTIPLY_ASSIGN = 160;
  public static final int DIVIDE_ASSIGN = 161;
  public static final int REMAINDER_ASSIGN = 162;
  public static final int ADD_ASSIGN = 163;
  public static final int SUBTRACT_ASSIGN = 164;
  public static final int SHIFT_LEFT_ASSIGN = 165;
  public static final int SHIFT_RIGHT_ASSIGN = 166;
  public static final int AND_ASSIGN = 167;
  public static final int EXCLUSIVE_OR_ASSIGN = 168;
  public static final int INCLUSIVE_OR_ASSIGN = 169;

  // Keywords that can start a declaration, types first.
  public static final int VOID = 180;
  public static final int CHAR = 181;
  public static final int SHORT = 182;
  public static final int INT = 183;
  public static final int LONG = 184;
  public static final int FLOAT = 185;
  public static final int DOUBLE = 186;
  public static final int SIGNED = 187;
  public static final int UNSIGNED = 188;
  public static final int BOOL = 189;
  public static final int INT128 = 190;
  public static final int COMPLEX = 191;
  public static final int AUTO_TYPE = 192;
  public static final int STRUCT = 193;
  public static final int UNION = 194;
  public static final int ENUM = 195;
  public static final int TYPEOF = 196;
  public static final int QUALIFIER = 197;
  public static final int INLINE = 198;
  public static final int STATIC = 199;
  public static final int EXTERN = 200;
  public static final int TYPEDEF = 201;

  /** {@code register}, {@code auto}, {@code _Thread_local}. */
  public static final int OTHER_STORAGE = 202;

  public static final int SIZEOF = 210;
  public static final int ALIGNOF = 211;
  public static final int IF = 212;
  public static final int ELSE = 213;
  public static final int WHILE = 214;
  public static final int FOR = 215;
  public static final int DO = 216;
  public static final int SWITCH = 217;
  public static final int CASE = 218;
  public static final int DEFAULT = 219;
  public static final int RETURN = 220;
  public static final int GOTO = 221;
  public static final int BREAK = 222;
  public static final int CONTINUE = 223;
  public static final int ASM = 224;

  /** A keyword that nothing here knows what to do with. */
  public static final int OTHER_KEYWORD = 225;

  private Symbol() {}

  /** A keyword or a name. */
  public static boolean isWord(int symbol) {
    return symbol == IDENTIFIER || symbol >= VOID;
  }

  /** A keyword that can start a declaration. */
  static boolean startsDeclaration(int symbol) {
    return symbol >= VOID && symbol <= OTHER_STORAGE;
  }

  /** A keyword that can start the name of a type. */
  static boolean startsType(int symbol) {
    return symbol >= VOID && symbol <= QUALIFIER;
  }

  static boolean isAssignment(int symbol) {
    return symbol == '=' || (symbol >= MULTIPLY_ASSIGN && symbol <= INCLUSIVE_OR_ASSIGN);
  }
}

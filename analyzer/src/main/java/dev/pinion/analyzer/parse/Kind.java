// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

/**
 * What a token is. A punctuator of one character is its own character; all other kinds are numbered
 * from 128 on. An {@code int} and not an enum: the arrays of {@link Tokens} hold millions of them.
 */
final class Kind {
  static final int NUMBER = 128;
  static final int STRING = 129;
  static final int CHARACTER = 130;

  /** {@code ->}, {@code ++}, {@code --}. */
  static final int POSTFIX = 131;

  /** Any other operator of two or three characters that is not an assignment. */
  static final int OPERATOR = 132;

  /** {@code +=} and its like; plain {@code =} is its character. */
  static final int ASSIGN = 133;

  static final int ELLIPSIS = 134;

  /** {@code ##}. */
  static final int PASTE = 135;

  /** The first kind that looks like a word. */
  static final int FIRST_WORD = 140;

  // Keywords by the role they play.
  static final int TYPE = 140;
  static final int TAG = 141;
  static final int QUALIFIER = 142;
  static final int STORAGE = 143;
  static final int TYPEOF = 144;
  static final int SIZEOF = 145;
  static final int IF = 150;
  static final int ELSE = 151;
  static final int WHILE = 152;
  static final int FOR = 153;
  static final int DO = 154;
  static final int SWITCH = 155;
  static final int CASE = 156;
  static final int DEFAULT = 157;
  static final int RETURN = 158;
  static final int GOTO = 159;
  static final int BREAK = 160;
  static final int CONTINUE = 161;
  static final int ASM = 162;
  static final int GENERIC = 163;
  static final int ASSERT = 164;
  static final int LABEL = 165;

  /** The first kind that is a name and not a keyword. */
  static final int FIRST_NAME = 170;

  /** A name nothing is known about. */
  static final int NAME = 170;

  // Names with a row in the macro dictionary.
  static final int TYPE_NAME = 171;
  static final int ATTRIBUTE = 172;
  static final int ATTRIBUTE_CALL = 173;
  static final int LOCK_CALL = 174;
  static final int CLEANUP_CALL = 175;
  static final int MEMBER_MACRO = 176;
  static final int GROUP_MACRO = 177;
  static final int FUNCTION_MACRO = 178;
  static final int VARIABLE_MACRO = 179;
  static final int TYPED_CALL = 180;
  static final int LOOP_MACRO = 181;

  /** A macro that this file defines and that is expanded. */
  static final int LOCAL_OBJECT = 190;

  static final int LOCAL_FUNCTION = 191;

  /** A parameter in the body of a macro. */
  static final int PARAMETER = 192;

  private Kind() {}

  static boolean isWord(int kind) {
    return kind >= FIRST_WORD;
  }

  static boolean isName(int kind) {
    return kind >= FIRST_NAME;
  }

  /** A name that no rule may take for an attribute: it is expanded. */
  static boolean isLocal(int kind) {
    return kind >= LOCAL_OBJECT;
  }

  /** A keyword that can only start a statement. */
  static boolean startsStatement(int kind) {
    return (kind >= IF && kind <= ASM && kind != CASE && kind != DEFAULT) || kind == LABEL;
  }

  /** A keyword that can start a declaration. */
  static boolean startsDeclaration(int kind) {
    return kind >= TYPE && kind <= TYPEOF;
  }

  static boolean isOpen(int kind) {
    return kind == '(' || kind == '{' || kind == '[';
  }

  static boolean isClose(int kind) {
    return kind == ')' || kind == '}' || kind == ']';
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Specifier;
import dev.pinion.analyzer.parse.syntax.Specifier.Storage;
import dev.pinion.analyzer.parse.syntax.TypeName;
import dev.pinion.analyzer.parse.syntax.TypeSpecifier;
import dev.pinion.analyzer.parse.syntax.TypeSpecifier.TagKind;
import java.util.ArrayList;
import java.util.List;

/** Declaration specifiers and names of types. */
final class TypeParser {
  private static final TypeSpecifier NONE = new TypeSpecifier.None();
  private static final TypeSpecifier AUTOMATIC = new TypeSpecifier.Automatic();

  /** A bracket with more in it before a compound literal's brace is not looked through. */
  private static final int FAR = 16;

  /** Where a specifier stands decides what a lone name in it is. */
  enum Place {
    DECLARATION,
    MEMBER,
    PARAMETER,
    TYPE_NAME
  }

  private final Grammar grammar;
  private final Cursor cursor;

  TypeParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** Whether the open parenthesis so far ahead may stand around the name of a type. */
  boolean isTypeInParentheses(int open) {
    int symbol = cursor.symbol(open + 1);
    if (symbol != Symbol.IDENTIFIER) {
      return Symbol.startsType(symbol);
    }
    int i = open + 2;
    while (cursor.symbol(i) == '*' || cursor.symbol(i) == Symbol.QUALIFIER) {
      i++;
    }
    return switch (cursor.symbol(i)) {
      case ')' -> true;
      case '(' -> isFunctionPointer(i);
      case '[' -> isArrayOfLiteral(i);
      default -> false;
    };
  }

  /** {@code (*)(} behind a type's name. */
  private boolean isFunctionPointer(int open) {
    int i = open + 1;
    while (cursor.symbol(i) == '*') {
      i++;
    }
    return i > open + 1 && cursor.symbol(i) == ')' && cursor.symbol(i + 1) == '(';
  }

  /** {@code [3])} and a brace, as of a compound literal; the brace may be in a macro. */
  private boolean isArrayOfLiteral(int open) {
    int close = afterBrackets(open);
    int next = cursor.symbol(close + 1);
    return cursor.symbol(close) == ')' && (next == '{' || next == Symbol.IDENTIFIER);
  }

  /** Where it goes on behind brackets without others in them. */
  private int afterBrackets(int open) {
    int i = open;
    while (cursor.symbol(i) == '[' && i < open + FAR) {
      while (cursor.symbol(i) != ']') {
        if (++i == open + FAR) {
          return open;
        }
      }
      i++;
    }
    return i;
  }

  /** {@code (name[3])}, where the name is no variable, ahead: an array of that type. */
  boolean isArrayInParentheses() {
    return cursor.symbol(1) == Symbol.IDENTIFIER
        && cursor.symbol(2) == '['
        && cursor.symbol(afterBrackets(2)) == ')'
        && grammar.names.seemsType(cursor.text(cursor.at + 1));
  }

  /** A type as an operand. */
  TypeName typeName() throws Unreadable {
    Specifier specifier = specifier(Place.TYPE_NAME);
    Declarator declarator = grammar.declarations.declarators().declarator(Place.TYPE_NAME);
    return new TypeName(specifier, declarator);
  }

  /** What stands before the declarators. */
  Specifier specifier(Place place) throws Unreadable {
    int first = cursor.first();
    int start = cursor.at;
    Storage storage = Storage.NONE;
    boolean inlined = false;
    PrimitiveWords words = null;
    TypeSpecifier type = null;
    while (true) {
      int symbol = cursor.symbol();
      if (symbol == Symbol.IDENTIFIER) {
        if (type != null || words != null || isDeclared(place, start)) {
          break;
        }
        type = new TypeSpecifier.TypedefName(cursor.text());
        cursor.at++;
      } else if (symbol >= Symbol.VOID && symbol <= Symbol.COMPLEX) {
        if (symbol == Symbol.BOOL && words != null) {
          break;
        }
        words = words == null ? new PrimitiveWords() : words;
        words.add(symbol);
        cursor.at++;
      } else if (symbol >= Symbol.STRUCT && symbol <= Symbol.ENUM) {
        type = tagged(symbol);
      } else if (symbol >= Symbol.STATIC && symbol <= Symbol.OTHER_STORAGE) {
        storage = storage(symbol, storage);
        cursor.at++;
      } else if (symbol == Symbol.QUALIFIER) {
        cursor.at++;
      } else if (symbol == Symbol.INLINE) {
        inlined = true;
        cursor.at++;
      } else if (symbol == Symbol.TYPEOF) {
        type = typeof();
      } else if (symbol == Symbol.AUTO_TYPE) {
        type = AUTOMATIC;
        cursor.at++;
      } else {
        break;
      }
    }
    if (cursor.at == start && !cursor.is(Symbol.IDENTIFIER)) {
      throw cursor.unreadable();
    }
    // An unknown word before the words of a type is an attribute.
    if (words != null || type == null) {
      type = words == null ? NONE : words.type();
    }
    int last = cursor.at == start ? first : cursor.last();
    return new Specifier(storage, inlined, type, first, last);
  }

  private static Storage storage(int symbol, Storage before) {
    return switch (symbol) {
      case Symbol.STATIC -> Storage.STATIC;
      case Symbol.EXTERN -> Storage.EXTERN;
      case Symbol.TYPEDEF -> Storage.TYPEDEF;
      default -> before;
    };
  }

  /** Whether a name where a type may stand is what is declared: {@code static x;}. */
  private boolean isDeclared(Place place, int start) {
    if (place == Place.TYPE_NAME || place == Place.MEMBER) {
      return false;
    }
    return switch (cursor.symbol(1)) {
      case ';' -> cursor.at > start && !isType();
      case ',', ')', '=', '[' -> !isType();
      case '(' ->
          place == Place.PARAMETER
              ? cursor.at == start && cursor.symbol(2) != '*'
              : cursor.at > start && isCall();
      default -> false;
    };
  }

  /** {@code static NAME(a, b)}: neither {@code type (*name)} nor {@code type (name)(}. */
  private boolean isCall() {
    return cursor.symbol(2) != '*'
        && cursor.symbol(3) != '*'
        && !(cursor.symbol(3) == ')' && cursor.symbol(4) == '(');
  }

  private boolean isType() {
    return grammar.names.isType(cursor.text());
  }

  private TypeSpecifier typeof() throws Unreadable {
    cursor.at++;
    if (!cursor.is('(')) {
      throw cursor.unreadable();
    }
    boolean type = (isTypeInParentheses(0) && !isVariable()) || isArrayInParentheses();
    cursor.at++;
    TypeSpecifier result;
    if (type) {
      result = new TypeSpecifier.TypeofType(typeName());
    } else {
      Expression operand = grammar.expressions.expression();
      result = new TypeSpecifier.TypeofExpression(operand);
    }
    cursor.expect(')');
    return result;
  }

  private boolean isVariable() {
    return cursor.symbol(1) == Symbol.IDENTIFIER
        && cursor.symbol(2) == ')'
        && grammar.names.isObject(cursor.text(cursor.at + 1));
  }

  private TypeSpecifier tagged(int symbol) throws Unreadable {
    cursor.at++;
    String tag = "";
    if (Symbol.isWord(cursor.symbol())) {
      tag = cursor.text();
      cursor.at++;
    }
    boolean body = cursor.is('{');
    if (tag.isEmpty() && !body) {
      throw cursor.unreadable();
    }
    TagKind kind =
        symbol == Symbol.STRUCT
            ? TagKind.STRUCT
            : symbol == Symbol.UNION ? TagKind.UNION : TagKind.ENUM;
    if (!body) {
      return new TypeSpecifier.Tagged(kind, tag);
    }
    cursor.descend();
    TypeSpecifier result = kind == TagKind.ENUM ? enumeration(tag) : composite(kind, tag);
    cursor.ascend();
    return result;
  }

  private TypeSpecifier composite(TagKind kind, String tag) throws Unreadable {
    cursor.expect('{');
    List<Declaration> members = new ArrayList<>();
    while (!cursor.is('}') && !cursor.is(Symbol.END)) {
      if (!cursor.take(';')) {
        members.add(grammar.declarations.member());
      }
    }
    cursor.expect('}');
    return new TypeSpecifier.Composite(kind, tag, members);
  }

  private TypeSpecifier enumeration(String tag) throws Unreadable {
    cursor.expect('{');
    while (!cursor.is('}')) {
      grammar.names.declareObject(cursor.name());
      if (cursor.take('=')) {
        grammar.expressions.conditional();
      }
      if (!cursor.take(',')) {
        break;
      }
    }
    cursor.expect('}');
    return new TypeSpecifier.Enumeration(tag);
  }
}

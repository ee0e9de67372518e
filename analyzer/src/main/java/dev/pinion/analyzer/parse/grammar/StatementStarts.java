// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

/** Tells declarations from expressions among statements that start with a name. */
final class StatementStarts {
  private final Cursor cursor;
  private final NameScopes names;

  StatementStarts(Cursor cursor, NameScopes names) {
    this.cursor = cursor;
    this.names = names;
  }

  /** Whether a statement that starts with a name declares something of the type of that name. */
  boolean isDeclaration() {
    int next = cursor.symbol(1);
    if (next == Symbol.IDENTIFIER || Symbol.startsDeclaration(next)) {
      return true;
    }
    if (next == '*') {
      return isPointer();
    }
    if (next != '(') {
      return false;
    }
    return cursor.symbol(2) == '*' ? isPointerToFunction() : isInitialized();
  }

  /** {@code foo *x = …}, unless {@code foo} is a variable: then it is a product. */
  private boolean isPointer() {
    int i = 1;
    while (cursor.symbol(i) == '*' || cursor.symbol(i) == Symbol.QUALIFIER) {
      i++;
    }
    if (cursor.symbol(i) == '(') {
      return cursor.symbol(i + 1) == '*' && !names.isObject(cursor.text());
    }
    if (cursor.symbol(i) != Symbol.IDENTIFIER) {
      return false;
    }
    return switch (cursor.symbol(i + 1)) {
      case '=' -> true;
      case ';', ',', '[', '(' -> !names.isObject(cursor.text());
      default -> false;
    };
  }

  /** {@code DECLARE(x) = { … }}: nothing but a declaration has such a value. */
  private boolean isInitialized() {
    return cursor.symbol(2) == Symbol.IDENTIFIER
        && cursor.symbol(3) == ')'
        && cursor.symbol(4) == '='
        && cursor.symbol(5) == '{';
  }

  /** {@code foo (*x)(…)}. */
  private boolean isPointerToFunction() {
    int i = 3;
    while (cursor.symbol(i) == '*' || cursor.symbol(i) == Symbol.QUALIFIER) {
      i++;
    }
    if (cursor.symbol(i) != Symbol.IDENTIFIER || names.isObject(cursor.text())) {
      return false;
    }
    i++;
    while (cursor.symbol(i) == '[') {
      i += cursor.symbol(i + 1) == ']' ? 2 : 3;
    }
    return cursor.symbol(i) == ')' && (cursor.symbol(i + 1) == '(' || cursor.symbol(i + 1) == '[');
  }
}

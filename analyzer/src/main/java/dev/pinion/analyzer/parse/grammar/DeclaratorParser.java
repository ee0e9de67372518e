// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.grammar.TypeParser.Place;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Declarator;
import dev.pinion.analyzer.parse.syntax.Declarator.Parameter;
import dev.pinion.analyzer.parse.syntax.Specifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declarators: pointers, names, arrays and parameter lists. */
final class DeclaratorParser {
  private final Grammar grammar;
  private final Cursor cursor;

  DeclaratorParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** A declarator without initialiser; parameters and names of types may do without a name. */
  Declarator declarator(Place place) throws Unreadable {
    cursor.descend();
    int start = cursor.at;
    int first = cursor.first();
    int pointers = pointers();
    Declarator nested = null;
    String name = "";
    int nameFirst = cursor.first();
    if (isName(place)) {
      name = cursor.text();
      cursor.at++;
    } else if (cursor.is('(') && isNested(place)) {
      cursor.at++;
      if (cursor.is(Symbol.IDENTIFIER) && cursor.symbol(1) == '*') {
        cursor.at++; // An unknown attribute: (CALLBACK *name).
      }
      nested = declarator(place);
      cursor.expect(')');
    } else if (place == Place.DECLARATION || (place == Place.MEMBER && !isUnnamedMember())) {
      throw cursor.unreadable();
    }
    List<Parameter> parameters = null;
    int arrays = 0;
    if (cursor.is('(')) {
      parameters = parameters();
    } else {
      while (cursor.is('[')) {
        skipBrackets();
        arrays++;
      }
    }
    cursor.ascend();
    int last = cursor.at == start ? first : cursor.last();
    return new Declarator(pointers, nested, name, nameFirst, arrays, parameters, null, first, last);
  }

  /** The kernel itself declares {@code bool}. */
  private boolean isName(Place place) {
    return place != Place.TYPE_NAME && (cursor.is(Symbol.IDENTIFIER) || cursor.is(Symbol.BOOL));
  }

  private int pointers() {
    int pointers = 0;
    while (true) {
      if (cursor.take('*')) {
        pointers++;
      } else if (!cursor.take(Symbol.QUALIFIER)) {
        return pointers;
      }
    }
  }

  /** Whether a parenthesis starts a declarator in parentheses, not a list of parameters. */
  private boolean isNested(Place place) {
    int inside = cursor.symbol(1);
    return place == Place.DECLARATION
        || place == Place.MEMBER
        || inside == '*'
        || inside == '('
        || inside == '['
        || (inside == Symbol.IDENTIFIER
            && (cursor.symbol(2) == '*' || (cursor.symbol(2) == ')' && cursor.symbol(3) == '(')));
  }

  private boolean isUnnamedMember() {
    return cursor.is(':') || cursor.is(',') || cursor.is('[');
  }

  /** What is in the brackets does not matter. */
  private void skipBrackets() throws Unreadable {
    int depth = 0;
    do {
      int symbol = cursor.symbol();
      if (symbol == Symbol.END) {
        throw cursor.unreadable();
      }
      depth += symbol == '[' ? 1 : symbol == ']' ? -1 : 0;
      cursor.at++;
    } while (depth > 0);
  }

  private List<Parameter> parameters() throws Unreadable {
    cursor.expect('(');
    List<Parameter> parameters = new ArrayList<>();
    while (!cursor.is(')')) {
      if (!cursor.take(Symbol.ELLIPSIS)) {
        Specifier specifier = grammar.types.specifier(Place.PARAMETER);
        parameters.add(new Parameter(specifier, declarator(Place.PARAMETER)));
      }
      if (!cursor.take(',')) {
        break;
      }
    }
    cursor.expect(')');
    return parameters;
  }

  /** A declarator with what may follow it: assembly, the width of a bit-field, an initialiser. */
  Declarator initialized(Specifier specifier, Place place) throws Unreadable {
    Declarator declarator = declarator(place);
    if (cursor.is(Symbol.ASM) && cursor.symbol(1) == '(') {
      cursor.at++;
      skipParentheses();
    }
    if (place == Place.MEMBER && cursor.take(':')) {
      grammar.expressions.conditional();
    }
    String name = declarator.innermost().name();
    if (place == Place.DECLARATION) {
      if (specifier.storage() == Specifier.Storage.TYPEDEF) {
        grammar.names.declareType(name);
      } else {
        grammar.names.declareObject(name);
      }
    }
    if (!cursor.take('=')) {
      return declarator;
    }
    return withInitializer(declarator, grammar.expressions.clause());
  }

  private Declarator withInitializer(Declarator d, @Nullable Clause initializer) {
    return new Declarator(
        d.pointers(),
        d.nested(),
        d.name(),
        d.nameFirst(),
        d.arrays(),
        d.parameters(),
        initializer,
        d.first(),
        cursor.last());
  }

  private void skipParentheses() throws Unreadable {
    int depth = 0;
    do {
      int symbol = cursor.symbol();
      if (symbol == Symbol.END) {
        throw cursor.unreadable();
      }
      depth += symbol == '(' ? 1 : symbol == ')' ? -1 : 0;
      cursor.at++;
    } while (depth > 0);
  }
}

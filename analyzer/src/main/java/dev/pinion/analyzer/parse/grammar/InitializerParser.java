// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Clause.Designation;
import dev.pinion.analyzer.parse.syntax.Clause.Designator;
import dev.pinion.analyzer.parse.syntax.Clause.ElementDesignator;
import dev.pinion.analyzer.parse.syntax.Clause.InitializerList;
import dev.pinion.analyzer.parse.syntax.Clause.MemberDesignator;
import java.util.ArrayList;
import java.util.List;

/** Initialiser lists with their designations. */
final class InitializerParser {
  private static final Designator ELEMENT = new ElementDesignator();

  private final Grammar grammar;
  private final Cursor cursor;

  InitializerParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
  }

  /** {@code { clause, … }}. */
  InitializerList list() throws Unreadable {
    cursor.descend();
    int first = cursor.first();
    cursor.expect('{');
    List<Clause> clauses = new ArrayList<>();
    while (!cursor.is('}')) {
      clauses.add(entry());
      if (!cursor.take(',')) {
        break;
      }
    }
    cursor.expect('}');
    cursor.ascend();
    return new InitializerList(clauses, first, cursor.last());
  }

  private Clause entry() throws Unreadable {
    int symbol = cursor.symbol();
    if (symbol == '.' || symbol == '[') {
      return designation();
    }
    if (symbol == Symbol.IDENTIFIER && cursor.symbol(1) == ':') {
      int first = cursor.first();
      String name = cursor.name();
      cursor.at++;
      Clause value = grammar.expressions.clause();
      return new Designation(List.of(new MemberDesignator(name)), value, first, cursor.last());
    }
    return grammar.expressions.clause();
  }

  private Clause designation() throws Unreadable {
    int first = cursor.first();
    List<Designator> designators = new ArrayList<>(2);
    while (true) {
      if (cursor.take('.')) {
        if (!Symbol.isWord(cursor.symbol())) {
          throw cursor.unreadable();
        }
        designators.add(new MemberDesignator(cursor.text()));
        cursor.at++;
      } else if (cursor.take('[')) {
        grammar.expressions.conditional();
        if (cursor.take(Symbol.ELLIPSIS)) {
          grammar.expressions.conditional();
        }
        cursor.expect(']');
        designators.add(ELEMENT);
      } else {
        break;
      }
    }
    cursor.take('=');
    Clause value = grammar.expressions.clause();
    return new Designation(designators, value, first, cursor.last());
  }
}

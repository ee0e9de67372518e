// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.syntax.Statement;
import java.util.ArrayList;
import java.util.List;

/** Inline assembly, of which only the operands that it writes are read. */
final class AssemblyParser {
  /** Longer statements are code written in assembly, whose operands come late. */
  private static final int LONGEST = 4000;

  private final Cursor cursor;

  AssemblyParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Statement statement() throws Unreadable {
    int first = cursor.first();
    while (!cursor.is('(')) {
      if (cursor.is(Symbol.END) || cursor.is(';') || cursor.is('}')) {
        throw cursor.unreadable();
      }
      cursor.at++;
    }
    List<Statement.Output> outputs = new ArrayList<>();
    int depth = 0;
    int length = 0;
    do {
      int symbol = cursor.symbol();
      if (symbol == Symbol.END) {
        throw cursor.unreadable();
      }
      depth += symbol == '(' ? 1 : symbol == ')' ? -1 : 0;
      if (symbol == Symbol.STRING) {
        String text = cursor.text();
        length += text.length();
        if (text.startsWith("\"=") || text.startsWith("\"+")) {
          output(outputs);
        }
      }
      cursor.at++;
    } while (depth > 0);
    cursor.expect(';');
    return new Statement.Assembly(length > LONGEST ? List.of() : outputs, first, cursor.last());
  }

  /** {@code (*variable->member)} behind a constraint; other operands are no plain places. */
  private void output(List<Statement.Output> outputs) {
    if (cursor.symbol(1) != '(') {
      return;
    }
    int i = cursor.symbol(2) == '*' ? 3 : 2;
    boolean dereferenced = i == 3;
    if (cursor.symbol(i) != Symbol.IDENTIFIER) {
      return;
    }
    String variable = cursor.text(cursor.at + i++);
    List<String> members = new ArrayList<>();
    while ((cursor.symbol(i) == '.' || cursor.symbol(i) == Symbol.ARROW)
        && cursor.symbol(i + 1) == Symbol.IDENTIFIER) {
      String access = cursor.symbol(i) == '.' ? "." : "->";
      members.add(access + cursor.text(cursor.at + i + 1));
      i += 2;
    }
    if (cursor.symbol(i) == ')') {
      outputs.add(new Statement.Output(dereferenced, variable, members));
    }
  }
}

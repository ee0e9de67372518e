// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.syntax.Declaration;
import dev.pinion.analyzer.parse.syntax.TranslationUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Reads a translation unit; what the parts of the grammar share is here. */
public final class Grammar {
  final Cursor cursor;
  final NameScopes names = new NameScopes();
  final TypeParser types;
  final DeclarationParser declarations;
  final InitializerParser initializers;
  final ExpressionParser expressions;
  final StatementParser statements;
  final IntUnaryOperator lines;
  private final List<Integer> problems = new ArrayList<>();

  private Grammar(Lexemes lexemes, IntUnaryOperator lines) {
    this.lines = lines;
    this.cursor = new Cursor(lexemes);
    this.types = new TypeParser(this);
    this.declarations = new DeclarationParser(this);
    this.initializers = new InitializerParser(this);
    this.expressions = new ExpressionParser(this);
    this.statements = new StatementParser(this);
  }

  /**
   * Reads all declarations.
   *
   * @param starts the indices of lexemes at which declarations start; none runs over the next
   *     start, so that a missing brace costs one declaration
   * @param lines gives the line of an offset, for {@code __LINE__}
   */
  public static TranslationUnit read(
      Lexemes lexemes, List<Integer> starts, IntUnaryOperator lines) {
    return new Grammar(lexemes, lines).unit(lexemes.count(), starts);
  }

  private TranslationUnit unit(int count, List<Integer> starts) {
    List<Declaration> all = new ArrayList<>();
    int next = 0;
    while (cursor.at < count) {
      while (next < starts.size() && starts.get(next) <= cursor.at) {
        next++;
      }
      int end = next < starts.size() ? starts.get(next) : count;
      int further = next + 1 < starts.size() ? starts.get(next + 1) : count;
      cursor.endAt(end);
      while (cursor.at < end) {
        declaration(all, end, further);
      }
    }
    return new TranslationUnit(all, problems);
  }

  /** A declaration that is cut off, because its start was mistaken for a whole one, may go on. */
  private void declaration(List<Declaration> all, int end, int further) {
    if (cursor.take(';')) {
      return;
    }
    int start = cursor.at;
    int first = cursor.first();
    int known = problems.size();
    if (!external(all)) {
      int failed = cursor.at;
      boolean cut = cursor.is(Symbol.END) && further > end;
      if (cut) {
        restart(start, known);
        cursor.endAt(further);
        if (external(all)) {
          return;
        }
        restart(start, known);
        cursor.endAt(end);
      }
      cursor.at = cut ? start : failed;
      giveUp(start, 0);
      if (cursor.at == start) {
        cursor.at++;
      }
      all.add(new Declaration.Unreadable(first, cursor.last()));
    }
  }

  private void restart(int start, int known) {
    cursor.at = start;
    cursor.resetDepth(0);
    problems.subList(known, problems.size()).clear();
  }

  private boolean external(List<Declaration> all) {
    try {
      all.add(declarations.external());
      return true;
    } catch (Cursor.Unreadable notC) {
      return false;
    }
  }

  /** Notes that something could not be read here. */
  void problem() {
    int offset = cursor.first();
    if (problems.isEmpty() || problems.get(problems.size() - 1) < offset) {
      problems.add(offset);
    }
  }

  /**
   * Notes a problem and goes on behind the statement or declaration that starts at an index: behind
   * the next semicolon or block, or before the brace that ends the block around.
   */
  void giveUp(int start, int depth) {
    problem();
    cursor.resetDepth(depth);
    int failed = cursor.at;
    cursor.at = start;
    int braces = 0;
    int others = 0;
    while (!cursor.is(Symbol.END)) {
      int symbol = cursor.symbol();
      if (symbol == '}' && braces == 0) {
        return;
      }
      cursor.at++;
      switch (symbol) {
        case '{' -> braces++;
        case '(', '[' -> others++;
        case ')', ']' -> others--;
        case '}' -> {
          braces--;
          if (braces == 0 && others <= 0 && cursor.at > failed) {
            cursor.take(';');
            return;
          }
        }
        case ';' -> {
          if (braces == 0 && (others <= 0 || cursor.at > failed) && cursor.at > failed) {
            return;
          }
        }
        default -> {}
      }
    }
  }
}

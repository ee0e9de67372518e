// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.syntax.BinaryOperator;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements. */
final class StatementParser {
  /** How often a file's statements are read a second way: nested ones would double the work. */
  private static final int MAX_RETRIES = 1000;

  private final Grammar grammar;
  private final Cursor cursor;
  private final AssemblyParser assembly;
  private final StatementStarts starts;
  private int retries;

  StatementParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.assembly = new AssemblyParser(cursor);
    this.starts = new StatementStarts(cursor, grammar.names);
  }

  /** {@code { statements }}; at the end of what is read, a missing brace is a problem. */
  Statement.Compound compound() throws Unreadable {
    cursor.descend();
    int first = cursor.first();
    cursor.expect('{');
    int scope = grammar.names.enter();
    List<Statement> statements = new ArrayList<>();
    while (!cursor.is('}')) {
      if (cursor.is(Symbol.END)) {
        grammar.problem();
        break;
      }
      int before = cursor.at;
      statements.add(statement());
      if (cursor.at == before) {
        cursor.at++;
      }
    }
    cursor.take('}');
    grammar.names.leave(scope);
    cursor.ascend();
    return new Statement.Compound(statements, first, cursor.last());
  }

  /** A statement; one that cannot be read costs itself. */
  Statement statement() {
    int start = cursor.at;
    int first = cursor.first();
    int depth = cursor.depth();
    try {
      cursor.descend();
      Statement statement = read(cursor.symbol(), first);
      cursor.ascend();
      return statement;
    } catch (Unreadable notC) {
      grammar.giveUp(start, depth);
      return new Statement.Unreadable(first, cursor.at > start ? cursor.last() : first);
    }
  }

  private Statement read(int symbol, int first) throws Unreadable {
    return switch (symbol) {
      case '{' -> compound();
      case ';' -> {
        cursor.at++;
        yield new Statement.Empty(first, cursor.last());
      }
      case Symbol.IF -> choice();
      case Symbol.FOR -> forLoop(first);
      case Symbol.WHILE -> {
        cursor.at++;
        Expression condition = condition();
        Statement body = statement();
        yield new Statement.While(condition, body, first, cursor.last());
      }
      case Symbol.DO -> doLoop(first);
      case Symbol.SWITCH -> {
        cursor.at++;
        Expression value = condition();
        Statement body = cursor.is('{') ? compound() : cases();
        yield new Statement.Switch(value, body, first, cursor.last());
      }
      case Symbol.CASE -> caseLabel(first);
      case Symbol.DEFAULT -> {
        cursor.at++;
        cursor.expect(':');
        yield new Statement.Default(first, cursor.last());
      }
      case Symbol.RETURN -> {
        cursor.at++;
        Clause value = cursor.is(';') ? null : grammar.expressions.expression();
        cursor.expect(';');
        yield new Statement.Return(value, first, cursor.last());
      }
      case Symbol.GOTO -> jump(first);
      case Symbol.BREAK -> {
        cursor.at++;
        cursor.expect(';');
        yield new Statement.Break(first, cursor.last());
      }
      case Symbol.CONTINUE -> {
        cursor.at++;
        cursor.expect(';');
        yield new Statement.Continue(first, cursor.last());
      }
      case Symbol.ASM -> assembly.statement();
      case Symbol.IDENTIFIER -> named(first);
      case Symbol.OTHER_KEYWORD -> {
        cursor.skipTo(';');
        yield new Statement.Empty(first, cursor.last());
      }
      default ->
          Symbol.startsDeclaration(symbol)
              ? new Statement.DeclarationStatement(grammar.declarations.local())
              : expressionStatement(first);
    };
  }

  private Expression condition() throws Unreadable {
    cursor.expect('(');
    Expression condition = grammar.expressions.expression();
    cursor.expect(')');
    return condition;
  }

  private Statement choice() throws Unreadable {
    int first = cursor.first();
    cursor.at++;
    Expression condition = condition();
    Statement then = statement();
    if (!cursor.take(Symbol.ELSE)) {
      return new Statement.If(condition, then, null, first, cursor.last());
    }
    if (!cursor.is(Symbol.IF)) {
      Statement otherwise = statement();
      return new Statement.If(condition, then, otherwise, first, cursor.last());
    }
    return chain(new Link(condition, then, first));
  }

  /** One {@code if} of a chain of else-ifs. */
  private record Link(Expression condition, Statement then, int first) {}

  /** A chain of else-ifs nests to the right and may be very long. */
  private Statement chain(Link start) throws Unreadable {
    List<Link> links = new ArrayList<>();
    links.add(start);
    boolean more = true;
    while (more && cursor.is(Symbol.IF)) {
      int first = cursor.first();
      cursor.at++;
      links.add(new Link(condition(), statement(), first));
      more = cursor.take(Symbol.ELSE);
    }
    Statement otherwise = more ? statement() : null;
    int last = cursor.last();
    Link link = links.get(links.size() - 1);
    Statement result =
        new Statement.If(link.condition(), link.then(), otherwise, link.first(), last);
    for (int i = links.size() - 2; i >= 0; i--) {
      link = links.get(i);
      result = new Statement.If(link.condition(), link.then(), result, link.first(), last);
    }
    return result;
  }

  private Statement forLoop(int first) throws Unreadable {
    cursor.at++;
    cursor.expect('(');
    int scope = grammar.names.enter();
    Statement initial = initial();
    Expression condition = cursor.is(';') ? null : grammar.expressions.expression();
    cursor.expect(';');
    Expression step = cursor.is(')') ? null : grammar.expressions.expression();
    cursor.expect(')');
    Statement body = statement();
    grammar.names.leave(scope);
    return new Statement.For(initial, condition, step, body, first, cursor.last());
  }

  private Statement initial() throws Unreadable {
    int first = cursor.first();
    if (cursor.take(';')) {
      return new Statement.Empty(first, cursor.last());
    }
    if (Symbol.startsDeclaration(cursor.symbol())
        || (cursor.is(Symbol.IDENTIFIER) && starts.isDeclaration())) {
      return new Statement.DeclarationStatement(grammar.declarations.local());
    }
    return expressionStatement(first);
  }

  private Statement doLoop(int first) throws Unreadable {
    cursor.at++;
    Statement body = statement();
    cursor.expect(Symbol.WHILE);
    Expression condition = condition();
    cursor.expect(';');
    return new Statement.Do(body, condition, first, cursor.last());
  }

  private Statement caseLabel(int first) throws Unreadable {
    cursor.at++;
    Expression value = grammar.expressions.conditional();
    if (cursor.take(Symbol.ELLIPSIS)) {
      Expression to = grammar.expressions.conditional();
      value = new Expression.Binary(BinaryOperator.RANGE, value, to, value.first(), to.last());
    }
    cursor.expect(':');
    return new Statement.Case(value, first, cursor.last());
  }

  /** The body of a switch without braces: labels, and what they label. */
  private Statement cases() {
    int first = cursor.first();
    List<Statement> statements = new ArrayList<>();
    while (cursor.is(Symbol.CASE) || cursor.is(Symbol.DEFAULT)) {
      statements.add(statement());
    }
    statements.add(statement());
    return new Statement.Compound(statements, first, cursor.last());
  }

  private Statement jump(int first) throws Unreadable {
    cursor.at++;
    if (cursor.take('*')) {
      Expression target = grammar.expressions.expression();
      cursor.expect(';');
      return new Statement.ComputedGoto(target, first, cursor.last());
    }
    String label = cursor.name();
    cursor.expect(';');
    return new Statement.Goto(label, first, cursor.last());
  }

  private Statement named(int first) throws Unreadable {
    if (cursor.symbol(1) == ':') {
      String label = cursor.name();
      cursor.at++;
      Statement statement =
          cursor.is('}') ? new Statement.Empty(cursor.last(), cursor.last()) : statement();
      return new Statement.Labeled(label, statement, first, cursor.last());
    }
    if (!starts.isDeclaration()) {
      return expressionStatement(first);
    }
    boolean maybeCall = cursor.symbol(1) == Symbol.IDENTIFIER && cursor.symbol(2) == '(';
    return maybeCall ? prototypeOrCall(first) : declaration();
  }

  private Statement declaration() throws Unreadable {
    return new Statement.DeclarationStatement(grammar.declarations.local());
  }

  /** {@code MACRO call(a->b);} looks like a prototype up to its arguments. */
  private Statement prototypeOrCall(int first) throws Unreadable {
    int start = cursor.at;
    int depth = cursor.depth();
    try {
      return declaration();
    } catch (Unreadable notParameters) {
      if (++retries > MAX_RETRIES) {
        throw notParameters;
      }
      grammar.problem();
      cursor.resetDepth(depth);
      cursor.at = start + 1;
      return expressionStatement(first);
    }
  }

  private Statement expressionStatement(int first) throws Unreadable {
    Expression expression = grammar.expressions.expression();
    if (!cursor.take(';')) {
      return afterMacro(expression, first);
    }
    return new Statement.ExpressionStatement(expression, first, cursor.last());
  }

  /** A macro's call without a semicolon: before a block the head of a loop, else a statement. */
  private Statement afterMacro(Expression expression, int first) throws Unreadable {
    boolean call =
        expression instanceof Expression.Call macro
            && macro.function() instanceof Expression.Identifier;
    if (!call || !(cursor.is('{') || cursor.is(Symbol.IDENTIFIER))) {
      throw cursor.unreadable();
    }
    if (!cursor.is('{')) {
      return new Statement.ExpressionStatement(expression, first, cursor.last());
    }
    Statement body = statement();
    Statement none = new Statement.Empty(first, first);
    return new Statement.For(none, expression, null, body, first, cursor.last());
  }
}

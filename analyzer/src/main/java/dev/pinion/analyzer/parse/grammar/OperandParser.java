// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Call;
import dev.pinion.analyzer.parse.syntax.Expression.Cast;
import dev.pinion.analyzer.parse.syntax.Expression.CompoundLiteral;
import dev.pinion.analyzer.parse.syntax.Expression.Identifier;
import dev.pinion.analyzer.parse.syntax.Expression.Literal;
import dev.pinion.analyzer.parse.syntax.Expression.Member;
import dev.pinion.analyzer.parse.syntax.Expression.StatementExpression;
import dev.pinion.analyzer.parse.syntax.Expression.Subscript;
import dev.pinion.analyzer.parse.syntax.Expression.TypeOperation;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.Statement;
import dev.pinion.analyzer.parse.syntax.TypeName;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;
import java.util.ArrayList;
import java.util.List;

/** The operands of binary operators: casts, unary, postfix and primary expressions. */
final class OperandParser {
  /** A row of casts by bare names is not looked through to its end if it is longer. */
  private static final int FAR = 30;

  private final Grammar grammar;
  private final Cursor cursor;
  private final ExpressionParser expressions;

  OperandParser(Grammar grammar, ExpressionParser expressions) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.expressions = expressions;
  }

  /** A cast-expression of the standard. */
  Expression cast() throws Unreadable {
    int symbol = cursor.symbol();
    if (symbol == Symbol.IDENTIFIER || symbol == Symbol.BOOL) {
      return postfix(identifier());
    }
    cursor.descend();
    Expression result = symbol == '(' ? parenthesized() : unary(symbol);
    cursor.ascend();
    return result;
  }

  private Expression identifier() {
    int first = cursor.first();
    String name = cursor.text();
    cursor.at++;
    if (name.equals("__LINE__")) {
      String line = String.valueOf(grammar.lines.applyAsInt(first));
      return new Literal(Literal.Kind.INTEGER, line, first, cursor.last());
    }
    return new Identifier(name, first, cursor.last());
  }

  private Expression parenthesized() throws Unreadable {
    int first = cursor.first();
    if (cursor.symbol(1) == '{') {
      cursor.at++;
      Statement.Compound block = grammar.statements.compound();
      cursor.expect(')');
      return postfix(new StatementExpression(block, first, cursor.last()));
    }
    if (isCast(0)) {
      cursor.at++;
      TypeName type = grammar.types.typeName();
      cursor.expect(')');
      if (cursor.is('{')) {
        return postfix(literal(type, first));
      }
      Expression operand = cast();
      return new Cast(type, operand, first, operand.last());
    }
    cursor.at++;
    Expression inner = expressions.expression();
    cursor.expect(')');
    return postfix(new Unary(UnaryOperator.PARENTHESES, inner, first, cursor.last()));
  }

  private Expression literal(TypeName type, int first) throws Unreadable {
    Clause.InitializerList list = grammar.initializers.list();
    return new CompoundLiteral(type, list, first, cursor.last());
  }

  /** Whether the parenthesis so far ahead starts a cast; for a bare name, what follows tells. */
  private boolean isCast(int open) {
    if (!grammar.types.isTypeInParentheses(open)) {
      return false;
    }
    if (cursor.symbol(open + 1) != Symbol.IDENTIFIER || cursor.symbol(open + 2) != ')') {
      return true;
    }
    return switch (cursor.symbol(open + 3)) {
      case Symbol.IDENTIFIER,
          Symbol.INTEGER,
          Symbol.FLOATING,
          Symbol.CHARACTER,
          Symbol.STRING,
          Symbol.SIZEOF,
          Symbol.ALIGNOF,
          '{',
          '!',
          '~' ->
          true;
      case '(' -> isType(open + 1) || (open < FAR && isCast(open + 3));
      case '*', '&', '+', '-', Symbol.INCREMENT, Symbol.DECREMENT, Symbol.LOGICAL_AND ->
          isType(open + 1);
      default -> false;
    };
  }

  private boolean isType(int ahead) {
    return grammar.names.isType(cursor.text(cursor.at + ahead));
  }

  private Expression unary(int symbol) throws Unreadable {
    return switch (symbol) {
      case '*' -> prefix(UnaryOperator.DEREFERENCE);
      case '&' -> prefix(UnaryOperator.ADDRESS);
      case '-' -> prefix(UnaryOperator.MINUS);
      case '+' -> prefix(UnaryOperator.PLUS);
      case '!' -> prefix(UnaryOperator.NOT);
      case '~' -> prefix(UnaryOperator.TILDE);
      case Symbol.INCREMENT -> prefix(UnaryOperator.PREFIX_INCREMENT);
      case Symbol.DECREMENT -> prefix(UnaryOperator.PREFIX_DECREMENT);
      case Symbol.LOGICAL_AND -> label();
      case Symbol.SIZEOF -> size(UnaryOperator.SIZEOF, TypeOperation.Operator.SIZEOF);
      case Symbol.ALIGNOF -> size(UnaryOperator.ALIGNOF, TypeOperation.Operator.ALIGNOF);
      case Symbol.INTEGER -> postfix(constant(Literal.Kind.INTEGER));
      case Symbol.FLOATING -> postfix(constant(Literal.Kind.FLOATING));
      case Symbol.CHARACTER -> postfix(constant(Literal.Kind.CHARACTER));
      case Symbol.STRING -> postfix(string());
      default -> throw cursor.unreadable();
    };
  }

  private Expression prefix(UnaryOperator operator) throws Unreadable {
    int first = cursor.first();
    cursor.at++;
    Expression operand = cast();
    return new Unary(operator, operand, first, operand.last());
  }

  private Expression label() throws Unreadable {
    int first = cursor.first();
    cursor.at++;
    if (!cursor.is(Symbol.IDENTIFIER)) {
      throw cursor.unreadable();
    }
    Expression name = identifier();
    return new Unary(UnaryOperator.LABEL_ADDRESS, name, first, name.last());
  }

  private Expression size(UnaryOperator ofExpression, TypeOperation.Operator ofType)
      throws Unreadable {
    int first = cursor.first();
    cursor.at++;
    if (cursor.is('(') && isTypeOperand()) {
      int open = cursor.first();
      cursor.at++;
      TypeName type = grammar.types.typeName();
      cursor.expect(')');
      if (!cursor.is('{')) {
        return new TypeOperation(ofType, type, first, cursor.last());
      }
      Expression literal = postfix(literal(type, open));
      return new Unary(ofExpression, literal, first, literal.last());
    }
    Expression operand = cast();
    return new Unary(ofExpression, operand, first, operand.last());
  }

  /** Whether a type is in parentheses; a bare name must be the whole operand and no variable. */
  private boolean isTypeOperand() {
    if (grammar.types.isArrayInParentheses()) {
      return true;
    }
    if (!grammar.types.isTypeInParentheses(0)) {
      return false;
    }
    if (cursor.symbol(1) != Symbol.IDENTIFIER || cursor.symbol(2) != ')') {
      return true;
    }
    return switch (cursor.symbol(3)) {
      case Symbol.ARROW, '.', '[' -> false;
      default -> !grammar.names.isObject(cursor.text(cursor.at + 1));
    };
  }

  private Expression constant(Literal.Kind kind) {
    int first = cursor.first();
    String text = cursor.text();
    cursor.at++;
    return new Literal(kind, text, first, cursor.last());
  }

  private Expression string() {
    int first = cursor.first();
    String text = spliced(cursor.text());
    cursor.at++;
    if (!cursor.is(Symbol.STRING)) {
      return new Literal(Literal.Kind.STRING, text, first, cursor.last());
    }
    StringBuilder all = new StringBuilder("\"").append(content(text));
    while (cursor.is(Symbol.STRING)) {
      all.append(content(spliced(cursor.text())));
      cursor.at++;
    }
    return new Literal(Literal.Kind.STRING, all.append('"').toString(), first, cursor.last());
  }

  /** A string may go on behind a backslash on the next line. */
  private static String spliced(String text) {
    return text.indexOf('\n') < 0 ? text : text.replace("\\\r\n", "").replace("\\\n", "");
  }

  private static String content(String text) {
    int open = text.indexOf('"');
    int close = text.lastIndexOf('"');
    return text.substring(open + 1, close > open ? close : text.length());
  }

  private Expression postfix(Expression operand) throws Unreadable {
    Expression at = operand;
    while (true) {
      switch (cursor.symbol()) {
        case '(' -> at = call(at);
        case '[' -> {
          cursor.at++;
          Expression index = expressions.expression();
          cursor.expect(']');
          at = new Subscript(at, index, at.first(), cursor.last());
        }
        case '.' -> at = member(at, Member.Access.DOT);
        case Symbol.ARROW -> at = member(at, Member.Access.ARROW);
        case Symbol.INCREMENT -> {
          cursor.at++;
          at = new Unary(UnaryOperator.POSTFIX_INCREMENT, at, at.first(), cursor.last());
        }
        case Symbol.DECREMENT -> {
          cursor.at++;
          at = new Unary(UnaryOperator.POSTFIX_DECREMENT, at, at.first(), cursor.last());
        }
        default -> {
          return at;
        }
      }
    }
  }

  /** A member may have the name of a keyword that C came to have later. */
  private Expression member(Expression owner, Member.Access access) throws Unreadable {
    cursor.at++;
    if (!Symbol.isWord(cursor.symbol())) {
      throw cursor.unreadable();
    }
    String name = cursor.text();
    cursor.at++;
    return new Member(owner, name, access, owner.first(), cursor.last());
  }

  private Expression call(Expression function) throws Unreadable {
    cursor.at++;
    if (cursor.take(')')) {
      return new Call(function, List.of(), function.first(), cursor.last());
    }
    List<Clause> arguments = new ArrayList<>(4);
    do {
      arguments.add(argument());
    } while (cursor.take(','));
    cursor.expect(')');
    return new Call(function, arguments, function.first(), cursor.last());
  }

  /** A type as argument, of a macro, is taken for its size. */
  private Clause argument() throws Unreadable {
    if (Symbol.startsType(cursor.symbol())) {
      int first = cursor.first();
      TypeName type = grammar.types.typeName();
      return new TypeOperation(TypeOperation.Operator.SIZEOF, type, first, cursor.last());
    }
    return expressions.clause();
  }
}

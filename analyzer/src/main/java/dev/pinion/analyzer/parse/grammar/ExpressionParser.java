// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.grammar;

import dev.pinion.analyzer.parse.grammar.Cursor.Unreadable;
import dev.pinion.analyzer.parse.syntax.BinaryOperator;
import dev.pinion.analyzer.parse.syntax.Clause;
import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Assignment;
import dev.pinion.analyzer.parse.syntax.Expression.Binary;
import dev.pinion.analyzer.parse.syntax.Expression.Comma;
import dev.pinion.analyzer.parse.syntax.Expression.Conditional;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Expressions with binary operators: precedence climbing over {@link OperandParser}. */
final class ExpressionParser {
  /** By symbol; 0 for what is no binary operator. */
  private static final byte[] PRECEDENCES = new byte[256];

  private static final @Nullable BinaryOperator[] OPERATORS = new @Nullable BinaryOperator[256];

  static {
    operator(Symbol.LOGICAL_OR, 1, BinaryOperator.LOGICAL_OR);
    operator(Symbol.LOGICAL_AND, 2, BinaryOperator.LOGICAL_AND);
    operator('|', 3, BinaryOperator.INCLUSIVE_OR);
    operator('^', 4, BinaryOperator.EXCLUSIVE_OR);
    operator('&', 5, BinaryOperator.AND);
    operator(Symbol.EQUAL, 6, BinaryOperator.EQUAL);
    operator(Symbol.NOT_EQUAL, 6, BinaryOperator.NOT_EQUAL);
    operator('<', 7, BinaryOperator.LESS);
    operator('>', 7, BinaryOperator.GREATER);
    operator(Symbol.LESS_EQUAL, 7, BinaryOperator.LESS_EQUAL);
    operator(Symbol.GREATER_EQUAL, 7, BinaryOperator.GREATER_EQUAL);
    operator(Symbol.SHIFT_LEFT, 8, BinaryOperator.SHIFT_LEFT);
    operator(Symbol.SHIFT_RIGHT, 8, BinaryOperator.SHIFT_RIGHT);
    operator('+', 9, BinaryOperator.ADD);
    operator('-', 9, BinaryOperator.SUBTRACT);
    operator('*', 10, BinaryOperator.MULTIPLY);
    operator('/', 10, BinaryOperator.DIVIDE);
    operator('%', 10, BinaryOperator.REMAINDER);
    operator(Symbol.MULTIPLY_ASSIGN, 0, BinaryOperator.MULTIPLY);
    operator(Symbol.DIVIDE_ASSIGN, 0, BinaryOperator.DIVIDE);
    operator(Symbol.REMAINDER_ASSIGN, 0, BinaryOperator.REMAINDER);
    operator(Symbol.ADD_ASSIGN, 0, BinaryOperator.ADD);
    operator(Symbol.SUBTRACT_ASSIGN, 0, BinaryOperator.SUBTRACT);
    operator(Symbol.SHIFT_LEFT_ASSIGN, 0, BinaryOperator.SHIFT_LEFT);
    operator(Symbol.SHIFT_RIGHT_ASSIGN, 0, BinaryOperator.SHIFT_RIGHT);
    operator(Symbol.AND_ASSIGN, 0, BinaryOperator.AND);
    operator(Symbol.EXCLUSIVE_OR_ASSIGN, 0, BinaryOperator.EXCLUSIVE_OR);
    operator(Symbol.INCLUSIVE_OR_ASSIGN, 0, BinaryOperator.INCLUSIVE_OR);
  }

  private static void operator(int symbol, int precedence, BinaryOperator operator) {
    PRECEDENCES[symbol] = (byte) precedence;
    OPERATORS[symbol] = operator;
  }

  private final Grammar grammar;
  private final Cursor cursor;
  private final OperandParser operands;

  ExpressionParser(Grammar grammar) {
    this.grammar = grammar;
    this.cursor = grammar.cursor;
    this.operands = new OperandParser(grammar, this);
  }

  /** {@code a, b}. */
  Expression expression() throws Unreadable {
    Expression left = assignment();
    if (!cursor.is(',')) {
      return left;
    }
    List<Expression> all = new ArrayList<>();
    all.add(left);
    while (cursor.take(',')) {
      all.add(assignment());
    }
    return new Comma(all, left.first(), cursor.last());
  }

  /** {@code a = b}, {@code a ? b : c} and what binds tighter. */
  Expression assignment() throws Unreadable {
    cursor.descend();
    Expression left = conditional();
    if (Symbol.isAssignment(cursor.symbol())) {
      left = assigned(left);
    }
    cursor.ascend();
    return left;
  }

  private Expression assigned(Expression left) throws Unreadable {
    @Nullable BinaryOperator operator = OPERATORS[cursor.symbol()];
    cursor.at++;
    Clause right = cursor.is('{') ? grammar.initializers.list() : assignment();
    return new Assignment(operator, left, right, left.first(), cursor.last());
  }

  /** An argument or the value of an initialiser. */
  Clause clause() throws Unreadable {
    return cursor.is('{') ? grammar.initializers.list() : assignment();
  }

  /** A chain {@code a ? b : c ? d : e} leans to the right and may be long. */
  Expression conditional() throws Unreadable {
    Expression condition = binary(1);
    if (!cursor.is('?')) {
      return condition;
    }
    List<Expression> conditions = new ArrayList<>();
    List<@Nullable Expression> values = new ArrayList<>();
    while (cursor.take('?')) {
      conditions.add(condition);
      values.add(cursor.is(':') ? null : expression());
      cursor.expect(':');
      condition = binary(1);
    }
    Expression otherwise = condition;
    if (Symbol.isAssignment(cursor.symbol())) {
      otherwise = assigned(otherwise);
    }
    for (int i = conditions.size() - 1; i >= 0; i--) {
      Expression test = conditions.get(i);
      otherwise = new Conditional(test, values.get(i), otherwise, test.first(), otherwise.last());
    }
    return otherwise;
  }

  private Expression binary(int minimum) throws Unreadable {
    Expression left = operands.cast();
    while (true) {
      int symbol = cursor.symbol();
      int precedence = PRECEDENCES[symbol];
      BinaryOperator operator = OPERATORS[symbol];
      if (precedence < minimum || operator == null) {
        return left;
      }
      cursor.at++;
      Expression right = binary(precedence + 1);
      left = new Binary(operator, left, right, left.first(), right.last());
    }
  }
}

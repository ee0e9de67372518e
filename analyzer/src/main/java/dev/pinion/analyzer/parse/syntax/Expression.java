// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression. */
public sealed interface Expression extends Clause {

  /** A name. */
  record Identifier(String name, int first, int last) implements Expression {}

  /**
   * A constant or a string literal.
   *
   * @param text as spelled; adjacent strings are one, between one pair of quotes
   */
  record Literal(Kind kind, String text, int first, int last) implements Expression {
    /** What a literal is. */
    public enum Kind {
      INTEGER,
      FLOATING,
      CHARACTER,
      STRING
    }
  }

  /** An operator with one operand; parentheses count as one. */
  record Unary(UnaryOperator operator, Expression operand, int first, int last)
      implements Expression {}

  /** An operator between two operands. */
  record Binary(BinaryOperator operator, Expression left, Expression right, int first, int last)
      implements Expression {}

  /**
   * {@code target = value}, or {@code target += value} and its like.
   *
   * @param operator what is done before the assignment, or null
   */
  record Assignment(
      @Nullable BinaryOperator operator, Expression target, Clause value, int first, int last)
      implements Expression {}

  /** {@code condition ? then : otherwise}; without {@code then} it is {@code a ?: b}. */
  record Conditional(
      Expression condition, @Nullable Expression then, Expression otherwise, int first, int last)
      implements Expression {}

  /** {@code (type) operand}. */
  record Cast(TypeName type, Expression operand, int first, int last) implements Expression {}

  /** {@code function(arguments)}. */
  record Call(Expression function, List<Clause> arguments, int first, int last)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code owner.name} or {@code owner->name}. */
  record Member(Expression owner, String name, Access access, int first, int last)
      implements Expression {
    /** How the member is reached. */
    public enum Access {
      DOT,
      ARROW
    }
  }

  /** {@code array[index]}. */
  record Subscript(Expression array, Expression index, int first, int last) implements Expression {}

  /** {@code sizeof(type)} and its like. */
  record TypeOperation(Operator operator, TypeName type, int first, int last)
      implements Expression {
    /** What is asked of the type. */
    public enum Operator {
      SIZEOF,
      ALIGNOF
    }
  }

  /** {@code ({ statements })}. */
  record StatementExpression(Statement.Compound block, int first, int last) implements Expression {}

  /** {@code a, b}; two expressions or more. */
  record Comma(List<Expression> expressions, int first, int last) implements Expression {
    public Comma {
      expressions = List.copyOf(expressions);
    }
  }

  /** {@code (type) { clauses }}. */
  record CompoundLiteral(TypeName type, Clause.InitializerList list, int first, int last)
      implements Expression {}
}

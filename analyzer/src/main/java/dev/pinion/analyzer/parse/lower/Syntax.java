// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.parse.syntax.Expression;
import dev.pinion.analyzer.parse.syntax.Expression.Cast;
import dev.pinion.analyzer.parse.syntax.Expression.Identifier;
import dev.pinion.analyzer.parse.syntax.Expression.Member;
import dev.pinion.analyzer.parse.syntax.Expression.Subscript;
import dev.pinion.analyzer.parse.syntax.Expression.Unary;
import dev.pinion.analyzer.parse.syntax.Node;
import dev.pinion.analyzer.parse.syntax.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Questions to the syntax tree that need no context. */
final class Syntax {
  private Syntax() {}

  /** The expression without parentheses around it. */
  static Expression unwrap(Expression expression) {
    Expression at = expression;
    while (at instanceof Unary u
        && u.operator() == UnaryOperator.PARENTHESES
        && u.operand() != null) {
      at = u.operand();
    }
    return at;
  }

  /** The expression without parentheses and casts around it. */
  static Expression uncast(Expression expression) {
    Expression at = unwrap(expression);
    while (at instanceof Cast c && c.operand() != null) {
      at = unwrap(c.operand());
    }
    return at;
  }

  /** The name an expression consists of, or the empty string. */
  static String identifier(@Nullable Node expression) {
    if (expression instanceof Expression e && unwrap(e) instanceof Identifier id) {
      return id.name();
    }
    return "";
  }

  /** The name a call calls, or the empty string if it is not by name. */
  static String callee(Expression.Call call) {
    return call.function() instanceof Identifier id ? id.name() : "";
  }

  /** A member designator as text: {@code a}, {@code a.b}, {@code a.b[]}. */
  static String member(@Nullable Node designator) {
    if (designator instanceof Member f) {
      return member(f.owner()) + "." + f.name();
    }
    if (designator instanceof Subscript a) {
      return member(a.array()) + "[]";
    }
    return identifier(designator);
  }
}

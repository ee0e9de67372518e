// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import org.eclipse.cdt.core.dom.ast.IASTArrayDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTBinaryExpression;
import org.eclipse.cdt.core.dom.ast.IASTDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionCallExpression;
import org.eclipse.cdt.core.dom.ast.IASTFunctionDeclarator;
import org.eclipse.cdt.core.dom.ast.IASTName;
import org.eclipse.cdt.core.dom.ast.IASTNode;
import org.eclipse.cdt.core.dom.ast.IASTUnaryExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTArraySubscriptExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTCastExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTFieldReference;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTIdExpression;
import org.eclipse.cdt.internal.core.dom.parser.c.CASTUnaryExpression;
import org.jspecify.annotations.Nullable;

/** Questions to the syntax tree that need no context. */
final class Syntax {
  private Syntax() {}

  /** The expression without parentheses around it. */
  static IASTExpression unwrap(IASTExpression expression) {
    IASTExpression at = expression;
    while (at instanceof CASTUnaryExpression u
        && u.getOperator() == IASTUnaryExpression.op_bracketedPrimary
        && u.getOperand() != null) {
      at = u.getOperand();
    }
    return at;
  }

  /** The expression without parentheses and casts around it. */
  static IASTExpression uncast(IASTExpression expression) {
    IASTExpression at = unwrap(expression);
    while (at instanceof CASTCastExpression c && c.getOperand() != null) {
      at = unwrap(c.getOperand());
    }
    return at;
  }

  static String name(@Nullable IASTName name) {
    return name == null ? "" : name.toString();
  }

  /** The name an expression consists of, or the empty string. */
  static String identifier(@Nullable IASTNode expression) {
    if (expression instanceof IASTExpression e && unwrap(e) instanceof CASTIdExpression id) {
      return name(id.getName());
    }
    return "";
  }

  /** The name a call calls, or the empty string if it is not by name. */
  static String callee(IASTFunctionCallExpression call) {
    return call.getFunctionNameExpression() instanceof CASTIdExpression id
        ? name(id.getName())
        : "";
  }

  /** A member designator as text: {@code a}, {@code a.b}, {@code a.b[]}. */
  static String member(@Nullable IASTNode designator) {
    if (designator instanceof CASTFieldReference f) {
      return member(f.getFieldOwner()) + "." + name(f.getFieldName());
    }
    if (designator instanceof CASTArraySubscriptExpression a) {
      return member(a.getArrayExpression()) + "[]";
    }
    return identifier(designator);
  }

  /** The declarator around all others; CDT gives the function's own one for a definition. */
  static IASTDeclarator outermost(IASTDeclarator declarator) {
    IASTDeclarator at = declarator;
    while (at.getParent() instanceof IASTDeclarator outer && outer.getNestedDeclarator() == at) {
      at = outer;
    }
    return at;
  }

  /** The declarator that holds the name: the innermost one. */
  static IASTDeclarator innermost(IASTDeclarator declarator) {
    IASTDeclarator at = declarator;
    while (at.getNestedDeclarator() != null) {
      at = at.getNestedDeclarator();
    }
    return at;
  }

  /**
   * The declarator that makes its name a function, or null if the name is not one: for {@code
   * (*f(int))(char)} the inner one, for {@code (*p)(char)} none.
   */
  static @Nullable IASTFunctionDeclarator function(IASTDeclarator declarator) {
    IASTFunctionDeclarator found = null;
    for (IASTDeclarator at = declarator; at != null; at = at.getNestedDeclarator()) {
      if (at instanceof IASTFunctionDeclarator f) {
        found = f;
      } else if (at instanceof IASTArrayDeclarator || at.getPointerOperators().length > 0) {
        found = null;
      }
    }
    return found;
  }

  /** The spelling of a binary operator; an assigning one is spelled without its {@code =}. */
  static String symbol(int operator) {
    return switch (operator) {
      case IASTBinaryExpression.op_multiply, IASTBinaryExpression.op_multiplyAssign -> "*";
      case IASTBinaryExpression.op_divide, IASTBinaryExpression.op_divideAssign -> "/";
      case IASTBinaryExpression.op_modulo, IASTBinaryExpression.op_moduloAssign -> "%";
      case IASTBinaryExpression.op_plus, IASTBinaryExpression.op_plusAssign -> "+";
      case IASTBinaryExpression.op_minus, IASTBinaryExpression.op_minusAssign -> "-";
      case IASTBinaryExpression.op_shiftLeft, IASTBinaryExpression.op_shiftLeftAssign -> "<<";
      case IASTBinaryExpression.op_shiftRight, IASTBinaryExpression.op_shiftRightAssign -> ">>";
      case IASTBinaryExpression.op_lessThan -> "<";
      case IASTBinaryExpression.op_greaterThan -> ">";
      case IASTBinaryExpression.op_lessEqual -> "<=";
      case IASTBinaryExpression.op_greaterEqual -> ">=";
      case IASTBinaryExpression.op_binaryAnd, IASTBinaryExpression.op_binaryAndAssign -> "&";
      case IASTBinaryExpression.op_binaryXor, IASTBinaryExpression.op_binaryXorAssign -> "^";
      case IASTBinaryExpression.op_binaryOr, IASTBinaryExpression.op_binaryOrAssign -> "|";
      case IASTBinaryExpression.op_logicalAnd -> "&&";
      case IASTBinaryExpression.op_logicalOr -> "||";
      case IASTBinaryExpression.op_equals -> "==";
      case IASTBinaryExpression.op_notequals -> "!=";
      case IASTBinaryExpression.op_ellipses -> "...";
      default -> "?";
    };
  }

  static boolean isCompoundAssignment(int operator) {
    return operator >= IASTBinaryExpression.op_multiplyAssign
        && operator <= IASTBinaryExpression.op_binaryOrAssign;
  }

  static boolean isLogical(int operator) {
    return operator == IASTBinaryExpression.op_logicalAnd
        || operator == IASTBinaryExpression.op_logicalOr;
  }
}

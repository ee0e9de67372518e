// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.parse.syntax.Expression.Literal;
import java.util.List;
import java.util.OptionalLong;

/** Constants as the source spells them, and arithmetic over constants. */
final class Literals {
  private static final String SIMPLE_ESCAPES = "abfnrtv0";
  private static final char[] ESCAPED = {7, '\b', '\f', '\n', '\r', '\t', 11, 0};

  private Literals() {}

  static Value value(Literal literal) {
    String text = literal.text();
    return switch (literal.kind()) {
      case INTEGER -> integer(text);
      case CHARACTER -> character(text);
      case STRING -> new Value.Text(content(text));
      case FLOATING -> new Value.Compound("literal", List.of());
    };
  }

  /** The text between the quotes, escapes as written. */
  private static String content(String text) {
    int open = text.indexOf('"');
    int close = text.lastIndexOf('"');
    return open >= 0 && close > open ? text.substring(open + 1, close) : text;
  }

  private static Value integer(String text) {
    if (text.equals("0")) {
      return Value.ZERO;
    }
    int end = text.length();
    while (end > 0 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    String digits = text.substring(0, end);
    try {
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return new Value.Constant(Long.parseUnsignedLong(digits.substring(2), 16));
      }
      if (digits.startsWith("0b") || digits.startsWith("0B")) {
        return new Value.Constant(Long.parseUnsignedLong(digits.substring(2), 2));
      }
      if (digits.length() > 1 && digits.startsWith("0")) {
        return new Value.Constant(Long.parseUnsignedLong(digits, 8));
      }
      return digits.equals("0")
          ? Value.ZERO
          : new Value.Constant(Long.parseUnsignedLong(digits, 10));
    } catch (NumberFormatException notAnInteger) {
      return new Value.Compound("literal", List.of());
    }
  }

  private static Value character(String text) {
    int open = text.indexOf('\'');
    int close = text.lastIndexOf('\'');
    if (open < 0 || close <= open + 1) {
      return new Value.Compound("literal", List.of());
    }
    String body = text.substring(open + 1, close);
    if (body.charAt(0) != '\\' || body.length() == 1) {
      return new Value.Constant(body.codePointAt(0));
    }
    try {
      char kind = body.charAt(1);
      if (kind == 'x') {
        return new Value.Constant(Long.parseLong(body.substring(2), 16));
      }
      if (Character.digit(kind, 8) >= 0) {
        return new Value.Constant(Long.parseLong(body.substring(1), 8));
      }
      int simple = SIMPLE_ESCAPES.indexOf(kind);
      return new Value.Constant(simple >= 0 ? ESCAPED[simple] : kind);
    } catch (NumberFormatException malformed) {
      return new Value.Compound("literal", List.of());
    }
  }

  /** {@code operator operand}, computed if the operand is a constant. */
  static Value unary(String operator, Value operand) {
    if (operand instanceof Value.Constant c) {
      return switch (operator) {
        case "-" -> new Value.Constant(-c.value());
        case "~" -> new Value.Constant(~c.value());
        case "!" -> c.value() == 0 ? new Value.Constant(1) : Value.ZERO;
        default -> new Value.Compound(operator, List.of(operand));
      };
    }
    return new Value.Compound(operator, List.of(operand));
  }

  /** {@code left operator right}, computed if both are constants. */
  static Value binary(String operator, Value left, Value right) {
    if (left instanceof Value.Constant l && right instanceof Value.Constant r) {
      OptionalLong folded = fold(operator, l.value(), r.value());
      if (folded.isPresent()) {
        return new Value.Constant(folded.getAsLong());
      }
    }
    return new Value.Compound(operator, List.of(left, right));
  }

  private static OptionalLong fold(String operator, long l, long r) {
    return switch (operator) {
      case "+" -> OptionalLong.of(l + r);
      case "-" -> OptionalLong.of(l - r);
      case "*" -> OptionalLong.of(l * r);
      case "/" -> r == 0 ? OptionalLong.empty() : OptionalLong.of(l / r);
      case "%" -> r == 0 ? OptionalLong.empty() : OptionalLong.of(l % r);
      case "<<" -> r < 0 || r > 63 ? OptionalLong.empty() : OptionalLong.of(l << r);
      case ">>" -> r < 0 || r > 63 ? OptionalLong.empty() : OptionalLong.of(l >> r);
      case "&" -> OptionalLong.of(l & r);
      case "|" -> OptionalLong.of(l | r);
      case "^" -> OptionalLong.of(l ^ r);
      case "==" -> OptionalLong.of(l == r ? 1 : 0);
      case "!=" -> OptionalLong.of(l != r ? 1 : 0);
      case "<" -> OptionalLong.of(l < r ? 1 : 0);
      case "<=" -> OptionalLong.of(l <= r ? 1 : 0);
      case ">" -> OptionalLong.of(l > r ? 1 : 0);
      case ">=" -> OptionalLong.of(l >= r ? 1 : 0);
      default -> OptionalLong.empty();
    };
  }
}

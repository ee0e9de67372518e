// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.function.Function;

/**
 * The value of an {@code #if} condition as far as the file alone can tell. Configuration options
 * are taken as switched on; what a header or the compiler decides is unknown.
 */
final class Condition {
  /** Conditions nested deeper than this are unknown. */
  private static final int MAX_DEPTH = 50;

  /** What is known about a condition. */
  enum Truth {
    /** False as written, as in {@code #if 0}. */
    NEVER,
    FALSE,
    UNKNOWN,
    TRUE,
    /** True as written, as in {@code #if 1}. */
    ALWAYS
  }

  /** A number that may be known, or known only not to be 0. */
  private record Value(boolean known, boolean truthy, long number) {
    static final Value UNKNOWN = new Value(false, false, 0);
    static final Value ON = new Value(false, true, 0);

    static Value of(long number) {
      return new Value(true, number != 0, number);
    }

    static Value of(boolean truth) {
      return of(truth ? 1 : 0);
    }

    boolean isTrue() {
      return truthy;
    }

    boolean isFalse() {
      return known && number == 0;
    }
  }

  private final Tokens tokens;
  private final Function<String, Definition> definitions;
  private int at;

  /** What the file says about a macro at this point. */
  enum Definition {
    UNKNOWN,
    DEFINED,
    ZERO,
    ONE
  }

  private Condition(Tokens tokens, Function<String, Definition> definitions) {
    this.tokens = tokens;
    this.definitions = definitions;
  }

  /** Evaluates the condition of an {@code #if} or {@code #elif}. */
  static Truth evaluate(Tokens tokens, Function<String, Definition> definitions) {
    if (tokens.count == 1 && tokens.kinds[0] == Kind.NUMBER) {
      return tokens.is(0, "0") ? Truth.NEVER : Truth.ALWAYS;
    }
    if (tokens.count > 1 && tokens.kinds[0] == Kind.NUMBER && tokens.is(0, "0")) {
      if (tokens.is(1, "&&")) {
        return Truth.NEVER;
      }
    }
    Condition condition = new Condition(tokens, definitions);
    Value value = condition.ternary(0);
    if (condition.at < tokens.count) {
      return Truth.UNKNOWN;
    }
    return value.isTrue() ? Truth.TRUE : value.isFalse() ? Truth.FALSE : Truth.UNKNOWN;
  }

  /** Evaluates {@code #ifdef name}. */
  static Truth defined(String name, Function<String, Definition> definitions) {
    Value value = isDefined(name, definitions);
    return value.isTrue() ? Truth.TRUE : value.isFalse() ? Truth.FALSE : Truth.UNKNOWN;
  }

  private static Value isDefined(String name, Function<String, Definition> definitions) {
    if (name.startsWith("CONFIG_") || name.equals("__KERNEL__")) {
      return Value.of(true);
    }
    if (isNeverDefined(name)) {
      return Value.of(false);
    }
    return definitions.apply(name) == Definition.UNKNOWN ? Value.UNKNOWN : Value.of(true);
  }

  private static boolean isNeverDefined(String name) {
    return switch (name) {
      case "__ASSEMBLY__", "__ASSEMBLER__", "__cplusplus", "LINKER_SCRIPT", "__CHECKER__" -> true;
      default -> false;
    };
  }

  private Value ternary(int depth) {
    Value condition = binary(0, depth);
    if (!take("?")) {
      return condition;
    }
    Value then = depth > MAX_DEPTH ? Value.UNKNOWN : ternary(depth + 1);
    take(":");
    Value otherwise = depth > MAX_DEPTH ? Value.UNKNOWN : ternary(depth + 1);
    return condition.isTrue() ? then : condition.isFalse() ? otherwise : Value.UNKNOWN;
  }

  private Value binary(int minimum, int depth) {
    Value left = unary(depth);
    while (at < tokens.count) {
      String operator = tokens.text(at);
      int precedence = precedence(operator);
      if (precedence <= minimum) {
        return left;
      }
      at++;
      left = apply(operator, left, binary(precedence, depth + 1));
    }
    return left;
  }

  private static int precedence(String operator) {
    return switch (operator) {
      case "||" -> 1;
      case "&&" -> 2;
      case "|" -> 3;
      case "^" -> 4;
      case "&" -> 5;
      case "==", "!=" -> 6;
      case "<", ">", "<=", ">=" -> 7;
      case "<<", ">>" -> 8;
      case "+", "-" -> 9;
      case "*", "/", "%" -> 10;
      default -> 0;
    };
  }

  private static Value apply(String operator, Value a, Value b) {
    if (operator.equals("||")) {
      return a.isTrue() || b.isTrue()
          ? Value.ON
          : a.isFalse() && b.isFalse() ? Value.of(false) : Value.UNKNOWN;
    }
    if (operator.equals("&&")) {
      return a.isFalse() || b.isFalse()
          ? Value.of(false)
          : a.isTrue() && b.isTrue() ? Value.ON : Value.UNKNOWN;
    }
    if (!a.known() || !b.known()) {
      return Value.UNKNOWN;
    }
    long x = a.number();
    long y = b.number();
    return switch (operator) {
      case "|" -> Value.of(x | y);
      case "^" -> Value.of(x ^ y);
      case "&" -> Value.of(x & y);
      case "==" -> Value.of(x == y);
      case "!=" -> Value.of(x != y);
      case "<" -> Value.of(x < y);
      case ">" -> Value.of(x > y);
      case "<=" -> Value.of(x <= y);
      case ">=" -> Value.of(x >= y);
      case "<<" -> Value.of(x << y);
      case ">>" -> Value.of(x >> y);
      case "+" -> Value.of(x + y);
      case "-" -> Value.of(x - y);
      case "*" -> Value.of(x * y);
      default -> y == 0 ? Value.UNKNOWN : Value.of(operator.equals("/") ? x / y : x % y);
    };
  }

  private Value unary(int depth) {
    if (depth > MAX_DEPTH || at >= tokens.count) {
      at = tokens.count + 1;
      return Value.UNKNOWN;
    }
    if (take("!")) {
      Value value = unary(depth + 1);
      return value.isTrue() ? Value.of(false) : value.isFalse() ? Value.of(true) : Value.UNKNOWN;
    }
    if (take("-")) {
      Value value = unary(depth + 1);
      return value.known() ? Value.of(-value.number()) : value;
    }
    if (take("(")) {
      Value value = ternary(depth + 1);
      take(")");
      return value;
    }
    int kind = tokens.kinds[at];
    if (kind == Kind.NUMBER) {
      return number(tokens.text(at++));
    }
    if (Kind.isWord(kind)) {
      return word(tokens.text(at++));
    }
    at++;
    return Value.UNKNOWN;
  }

  private Value word(String name) {
    if (name.equals("defined")) {
      boolean open = take("(");
      Value value = at < tokens.count ? isDefined(tokens.text(at++), definitions) : Value.UNKNOWN;
      if (open) {
        take(")");
      }
      return value;
    }
    if (tokens.kind(at) == '(') {
      boolean config =
          name.startsWith("IS_")
              && at + 1 < tokens.count
              && tokens.text(at + 1).startsWith("CONFIG_");
      skipGroup();
      return config ? Value.ON : Value.UNKNOWN;
    }
    if (name.startsWith("CONFIG_")) {
      return Value.ON;
    }
    if (isNeverDefined(name)) {
      return Value.of(false);
    }
    return switch (definitions.apply(name)) {
      case ZERO -> Value.of(0);
      case ONE -> Value.of(1);
      default -> Value.UNKNOWN;
    };
  }

  private void skipGroup() {
    int depth = 0;
    while (at < tokens.count) {
      int kind = tokens.kinds[at++];
      depth += kind == '(' ? 1 : kind == ')' ? -1 : 0;
      if (depth == 0) {
        return;
      }
    }
  }

  private static Value number(String text) {
    int end = text.length();
    while (end > 1 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    try {
      return Value.of(Long.decode(text.substring(0, end)));
    } catch (NumberFormatException tooLarge) {
      return Value.UNKNOWN;
    }
  }

  private boolean take(String text) {
    if (at < tokens.count && tokens.is(at, text)) {
      at++;
      return true;
    }
    return false;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

/**
 * What a branch tests. Short circuits are branches of their own, {@code likely()} and {@code
 * WARN_ON()} are transparent, and negation is folded into the operator, so {@code if (!p)} is
 * {@code p == 0} and {@code if (WARN_ON(IS_ERR(p)))} is {@code IS_ERR(p) != 0}.
 */
public record Condition(Operator operator, Value left, Value right) {
  /** A comparison. */
  public enum Operator {
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public Operator negated() {
      return switch (this) {
        case EQ -> NE;
        case NE -> EQ;
        case LT -> GE;
        case LE -> GT;
        case GT -> LE;
        case GE -> LT;
      };
    }

    /** Whether a comparison of two numbers is true. */
    public boolean holds(long left, long right) {
      return switch (this) {
        case EQ -> left == right;
        case NE -> left != right;
        case LT -> left < right;
        case LE -> left <= right;
        case GT -> left > right;
        case GE -> left >= right;
      };
    }

    @Override
    public String toString() {
      return symbol;
    }
  }

  /** {@code value != 0}. */
  public static Condition truth(Value value) {
    return new Condition(Operator.NE, value, Value.ZERO);
  }

  public Condition negated() {
    return new Condition(operator.negated(), left, right);
  }

  @Override
  public String toString() {
    return left + " " + operator + " " + right;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an instruction reads. Values have no side effects: calls inside expressions become
 * instructions.
 */
public sealed interface Value {
  /** The content of a place. A bare function name is a {@code Load} of that name. */
  record Load(AccessPath path) implements Value {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** The address of a place: {@code &path}. */
  record AddressOf(AccessPath path) implements Value {
    @Override
    public String toString() {
      return "&" + path;
    }
  }

  /** An integer or character constant; {@code NULL} and {@code false} are 0. */
  record Constant(long value) implements Value {
    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** A string literal. */
  record Text(String text) implements Value {
    @Override
    public String toString() {
      return '"' + text + '"';
    }
  }

  /**
   * {@code container_of(inner, type, member)} and its relatives {@code list_entry}, {@code
   * hlist_entry}, {@code rb_entry}: the object of {@code type} whose {@code member} {@code inner}
   * points to.
   */
  record ContainerOf(Value inner, CType type, String member) implements Value {
    @Override
    public String toString() {
      return "container_of(" + inner + ", " + type + ", " + member + ")";
    }
  }

  /** A type used as an argument, such as in {@code sizeof(struct foo)}. */
  record TypeOperand(CType type) implements Value {
    @Override
    public String toString() {
      return "type(" + type + ")";
    }
  }

  /**
   * Anything computed: arithmetic, comparison, logical not, pure tests such as {@code IS_ERR}.
   *
   * @param operator {@code "+"}, {@code "=="}, {@code "!"}, {@code "IS_ERR"}, {@code "PTR_ERR"}, …;
   *     {@code "?"} if the front end could not tell
   */
  record Compound(String operator, List<Value> operands) implements Value {
    public Compound {
      operands = List.copyOf(operands);
    }

    @Override
    public String toString() {
      if (operands.size() == 2 && !Character.isLetter(operator.charAt(0))) {
        return "(" + operands.get(0) + " " + operator + " " + operands.get(1) + ")";
      }
      return operator
          + operands.stream().map(Value::toString).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  Constant ZERO = new Constant(0);

  static Value load(String variable) {
    return new Load(AccessPath.variable(variable));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.stream.Collectors;

/**
 * Places and values as messages name them: close to what the source says, without the marks by
 * which the IR tells variables of one name apart.
 */
public final class Shown {
  private Shown() {}

  /** A place; {@code x'2->list[]} is {@code x->list[...]}. */
  public static String path(AccessPath path) {
    StringBuilder text = new StringBuilder(variable(path.root()));
    for (Step step : path.steps()) {
      if (step instanceof Step.Arrow a) {
        text.append("->").append(a.name());
      } else if (step instanceof Step.Dot d) {
        text.append('.').append(d.name());
      } else if (step instanceof Step.Index) {
        text.append("[...]");
      } else {
        text.insert(0, "(*").append(')');
      }
    }
    return text.toString();
  }

  /** The name of a variable, as it was declared. */
  public static String variable(String unique) {
    int mark = unique.indexOf('\'');
    return mark > 0 ? unique.substring(0, mark) : unique;
  }

  /** A value. */
  public static String value(Value value) {
    if (value instanceof Value.Load load) {
      return path(load.path());
    }
    if (value instanceof Value.AddressOf address) {
      return "&" + path(address.path());
    }
    if (value instanceof Value.ContainerOf entry) {
      return "container_of("
          + value(entry.inner())
          + ", "
          + entry.type()
          + ", "
          + entry.member()
          + ")";
    }
    if (value instanceof Value.Compound compound) {
      return compound(compound);
    }
    return value.toString();
  }

  private static String compound(Value.Compound compound) {
    String operator = compound.operator();
    boolean named = Character.isLetter(operator.charAt(0));
    if (compound.operands().size() == 2 && !named) {
      return value(compound.operands().get(0))
          + " "
          + operator
          + " "
          + value(compound.operands().get(1));
    }
    if (compound.operands().size() == 1 && !named) {
      return operator + value(compound.operands().get(0));
    }
    return operator
        + compound.operands().stream()
            .map(Shown::value)
            .collect(Collectors.joining(", ", "(", ")"));
  }
}

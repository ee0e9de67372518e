// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is surely known of variables at one place. The more is known, the lower it stands; a place
 * that nothing comes to is the bottom.
 *
 * @param isReachable whether a path comes here
 * @param known by variable; what is missing may hold anything
 */
public record ConstantValues(boolean isReachable, Map<String, Known> known) {
  /** Nothing is known. */
  public static final ConstantValues NOTHING = new ConstantValues(true, Map.of());

  static final ConstantValues UNREACHABLE = new ConstantValues(false, Map.of());

  public ConstantValues {
    known = Map.copyOf(known);
  }

  /** What is known of a value. */
  public Known of(Value value) {
    if (value instanceof Value.Constant constant) {
      return Known.number(constant.value());
    }
    if (value instanceof Value.Load load && load.path().isVariable()) {
      return known.getOrDefault(load.path().root(), Known.NOTHING);
    }
    if (value instanceof Value.AddressOf
        || value instanceof Value.ContainerOf
        || value instanceof Value.Text) {
      return Known.NON_ZERO;
    }
    return value instanceof Value.Compound compound ? computed(compound) : Known.NOTHING;
  }

  /**
   * What a variable of that type holds that is given a value. Of numbers only those are kept that
   * all integers can hold.
   */
  public static Known as(CType type, Known value) {
    if (type.isPointer()) {
      return value;
    }
    if (type.name().equals("bool") || type.name().equals("_Bool")) {
      return value.isZero() ? Known.ZERO : value.isNonZero() ? Known.number(1) : Known.NOTHING;
    }
    return value.equal().isPresent() && isInAll(value.equal().getAsLong()) ? value : Known.NOTHING;
  }

  /** Whether all integers can hold it, however wide they are, and with or without a sign. */
  static boolean isInAll(long n) {
    return n >= 0 && n <= Byte.MAX_VALUE;
  }

  private Known computed(Value.Compound compound) {
    List<Known> operands = compound.operands().stream().map(this::of).toList();
    if (compound.operator().equals("!") && operands.size() == 1) {
      return operands.get(0).not();
    }
    if (compound.operator().equals("&") && operands.size() == 2) {
      return and(operands.get(0), operands.get(1));
    }
    return Known.NOTHING;
  }

  private static Known and(Known left, Known right) {
    if (left.isZero() || right.isZero()) {
      return Known.ZERO;
    }
    return left.equal().isPresent() && right.equal().isPresent()
        ? Known.number(left.equal().getAsLong() & right.equal().getAsLong())
        : Known.NOTHING;
  }

  /** What is known on both ways to a place. */
  public ConstantValues meet(ConstantValues other) {
    if (!isReachable || equals(other)) {
      return other;
    }
    if (!other.isReachable) {
      return this;
    }
    Map<String, Known> both = new HashMap<>();
    known.forEach(
        (variable, here) ->
            Optional.ofNullable(other.known.get(variable))
                .map(there -> common(here, there))
                .filter(c -> !c.equals(Known.NOTHING))
                .ifPresent(c -> both.put(variable, c)));
    return new ConstantValues(true, both);
  }

  /** What is so of both. */
  public static Known common(Known a, Known b) {
    if (a.equals(b)) {
      return a;
    }
    return a.isNonZero() && b.isNonZero() ? Known.NON_ZERO : Known.NOTHING;
  }

  ConstantValues with(String variable, Known value) {
    if (known.getOrDefault(variable, Known.NOTHING).equals(value)) {
      return this;
    }
    Map<String, Known> more = new HashMap<>(known);
    if (value.equals(Known.NOTHING)) {
      more.remove(variable);
    } else {
      more.put(variable, value);
    }
    return new ConstantValues(true, more);
  }

  ConstantValues without(String variable) {
    return with(variable, Known.NOTHING);
  }
}

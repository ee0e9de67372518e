// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What paths to one place have in common of the values they tested or set to a constant: enough to
 * see that {@code if (locked)} goes the same way twice. Like {@link SureConditions}, calls are
 * taken to leave alone what they are not given the address of. Much less than {@link PathFacts}, so
 * that it can be carried through every function that needs it.
 *
 * @param known by the value as it is written
 */
record TestedValues(Map<Value, Known> known) {
  static final TestedValues NOTHING = new TestedValues(Map.of());

  TestedValues {
    known = Map.copyOf(known);
  }

  /** What is known on both paths. */
  TestedValues meet(TestedValues other) {
    if (equals(other)) {
      return this;
    }
    Map<Value, Known> both = new HashMap<>();
    known.forEach(
        (value, here) -> {
          Known there = other.known.get(value);
          if (there != null) {
            common(here, there).ifPresent(c -> both.put(value, c));
          }
        });
    return new TestedValues(both);
  }

  private static Optional<Known> common(Known a, Known b) {
    if (a.equals(b)) {
      return Optional.of(a);
    }
    return a.isNonZero() && b.isNonZero() ? Optional.of(Known.NON_ZERO) : Optional.empty();
  }

  /** After an instruction. */
  TestedValues after(Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      Optional<Known> value = constant(assign.value());
      TestedValues rest = without(assign.target());
      return value.map(v -> rest.with(new Value.Load(assign.target()), v)).orElse(rest);
    }
    Instruction.Call call = (Instruction.Call) instruction;
    TestedValues rest = call.result().map(this::without).orElse(this);
    for (Value argument : call.arguments()) {
      if (argument instanceof Value.AddressOf address) {
        rest = rest.without(address.path());
      }
    }
    return rest;
  }

  private Optional<Known> constant(Value value) {
    return value instanceof Value.Constant number
        ? Optional.of(Known.number(number.value()))
        : Optional.ofNullable(known.get(value));
  }

  /** After a branch went to {@code successor}; empty if what is known says that it does not. */
  Optional<TestedValues> along(Terminator terminator, int successor) {
    Optional<Condition> learned = SureConditions.learned(terminator, successor);
    if (learned.isEmpty() || !(learned.get().right() instanceof Value.Constant constant)) {
      return Optional.of(this);
    }
    List<Known> all = outcomes(learned.get().operator(), constant.value());
    Value value = learned.get().left();
    Known fact = known.getOrDefault(value, Known.NOTHING);
    for (Known outcome : all) {
      Optional<Known> both = fact.and(outcome);
      if (both.isEmpty()) {
        return Optional.empty();
      }
      fact = both.get();
    }
    return Optional.of(all.isEmpty() ? this : with(value, fact));
  }

  /**
   * Whether no path has both: a variable, or what one points to, is known to be different. Results
   * of calls do not count, as another call may well have the same.
   */
  boolean contradicts(TestedValues other) {
    return known.entrySet().stream()
        .anyMatch(
            e ->
                e.getKey() instanceof Value.Load load
                    && !load.path().isTemporary()
                    && other.known.containsKey(load)
                    && e.getValue().and(other.known.getOrDefault(load, Known.NOTHING)).isEmpty());
  }

  private static List<Known> outcomes(Condition.Operator operator, long n) {
    return switch (operator) {
      case EQ -> List.of(Known.number(n));
      case NE -> List.of(Known.notNumber(n));
      case LT -> n == 0 ? List.of(Known.negative(true)) : List.of();
      case GE -> n == 0 ? List.of(Known.negative(false)) : List.of();
      case GT -> n == 0 ? List.of(Known.negative(false), Known.NON_ZERO) : List.of();
      case LE -> List.of();
    };
  }

  private TestedValues with(Value value, Known fact) {
    Map<Value, Known> more = new HashMap<>(known);
    more.put(value, fact);
    return new TestedValues(more);
  }

  private TestedValues without(AccessPath assigned) {
    List<Value> gone = new ArrayList<>();
    for (Value value : known.keySet()) {
      if (SureConditions.mentions(value, assigned)) {
        gone.add(value);
      }
    }
    if (gone.isEmpty()) {
      return this;
    }
    Map<Value, Known> fewer = new HashMap<>(known);
    fewer.keySet().removeAll(gone);
    return new TestedValues(fewer);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a function's own variables surely hold, and which of its code runs then: sparse conditional
 * constants (Wegman and Zadeck, TOPLAS 1991) without the sparseness, from what is known of the
 * parameters. Code that a branch on a known value cannot come to has no state that is {@linkplain
 * ConstantValues#isReachable() reachable}.
 *
 * <p>Only variables count whose address is taken nowhere and which no macro may assign: nobody else
 * changes them, so that what is said is proved and not assumed, unlike {@link TestedValues}.
 */
public final class ConstantPropagation implements Analysis<ConstantValues> {
  private final ConstantValues entry;
  private final Map<String, CType> variables;

  private ConstantPropagation(ConstantValues entry, Map<String, CType> variables) {
    this.entry = entry;
    this.variables = variables;
  }

  /**
   * Solves it for one function.
   *
   * @param parameters what is known of parameters when it is entered, by name
   * @param mayAssign whether what is called by that name may assign a variable that it is given, as
   *     a macro may: {@code swap(a, b)}
   */
  public static Solution<ConstantValues> of(
      Function function, Map<String, Known> parameters, Predicate<String> mayAssign) {
    Map<String, CType> variables = variables(function, mayAssign);
    ConstantValues entry = ConstantValues.NOTHING;
    for (Map.Entry<String, Known> e : parameters.entrySet()) {
      CType type = variables.get(e.getKey());
      if (type != null) {
        entry = entry.with(e.getKey(), ConstantValues.as(type, e.getValue()));
      }
    }
    return Solver.forward(function.cfg(), new ConstantPropagation(entry, variables));
  }

  private static Map<String, CType> variables(Function function, Predicate<String> mayAssign) {
    Map<String, CType> all = new HashMap<>();
    for (Variable variable : function.variables()) {
      if (variable.kind() != Variable.Kind.STATIC_LOCAL) {
        all.put(variable.name(), variable.type());
      }
    }
    function.cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .forEach(
            i -> {
              if (i instanceof Instruction.Assign assign) {
                all.keySet().removeAll(addressed(assign.value()));
              } else {
                Instruction.Call call = (Instruction.Call) i;
                call.arguments().forEach(a -> all.keySet().removeAll(addressed(a)));
                if (mayAssign.test(call.name())) {
                  call.arguments().forEach(a -> given(a).ifPresent(all::remove));
                }
              }
            });
    return all;
  }

  /** The variable that is an argument as it stands. */
  private static Optional<String> given(Value argument) {
    return argument instanceof Value.Load load && load.path().isVariable()
        ? Optional.of(load.path().root())
        : Optional.empty();
  }

  private static Set<String> addressed(Value value) {
    if (value instanceof Value.AddressOf address) {
      return Set.of(address.path().root());
    }
    if (value instanceof Value.ContainerOf entry) {
      return addressed(entry.inner());
    }
    Set<String> all = new HashSet<>();
    if (value instanceof Value.Compound compound) {
      compound.operands().forEach(o -> all.addAll(addressed(o)));
    }
    return all;
  }

  @Override
  public ConstantValues entry() {
    return entry;
  }

  @Override
  public ConstantValues join(ConstantValues left, ConstantValues right) {
    return left.meet(right);
  }

  @Override
  public ConstantValues after(Instruction instruction, ConstantValues before) {
    if (!before.isReachable()) {
      return before;
    }
    if (instruction instanceof Instruction.Assign assign) {
      return set(assign.target(), before.of(assign.value()), before);
    }
    return ((Instruction.Call) instruction)
        .result()
        .map(r -> set(r, Known.NOTHING, before))
        .orElse(before);
  }

  private ConstantValues set(AccessPath target, Known value, ConstantValues before) {
    if (!target.isVariable()) {
      return before.without(target.root()); // A part of it, if it is a struct of its own.
    }
    CType type = variables.get(target.root());
    return type == null ? before : before.with(target.root(), ConstantValues.as(type, value));
  }

  @Override
  public ConstantValues along(Terminator terminator, int successor, ConstantValues state) {
    if (!state.isReachable()) {
      return state;
    }
    if (terminator instanceof Terminator.Switch choice) {
      return mayChoose(choice, successor, state) ? state : ConstantValues.UNREACHABLE;
    }
    return SureConditions.learned(terminator, successor)
        .map(c -> learn(c, state).orElse(ConstantValues.UNREACHABLE))
        .orElse(state);
  }

  private static boolean mayChoose(Terminator.Switch choice, int successor, ConstantValues state) {
    Known value = state.of(choice.value());
    List<Terminator.Case> here =
        choice.cases().stream().filter(c -> c.target() == successor).toList();
    boolean mayBeHere = here.stream().anyMatch(c -> mayBe(value, c));
    boolean isElsewhere =
        value.equal().isPresent() && choice.cases().stream().anyMatch(c -> is(value, c));
    return mayBeHere || (successor == choice.otherwise() && !isElsewhere);
  }

  private static boolean mayBe(Known value, Terminator.Case label) {
    return label.constant().isEmpty()
        || value.and(Known.number(label.constant().getAsLong())).isPresent();
  }

  private static boolean is(Known value, Terminator.Case label) {
    return label.constant().isPresent() && label.constant().equals(value.equal());
  }

  /** With what a condition tells that holds; empty if it cannot hold. */
  private Optional<ConstantValues> learn(Condition condition, ConstantValues state) {
    Known left = state.of(condition.left());
    Known right = state.of(condition.right());
    if (left.equal().isPresent() && right.equal().isPresent()) {
      if (!ConstantValues.isInAll(left.equal().getAsLong())
          || !ConstantValues.isInAll(right.equal().getAsLong())) {
        return Optional.of(state); // With or without a sign, and how wide, is not known here.
      }
      boolean holds =
          condition.operator().holds(left.equal().getAsLong(), right.equal().getAsLong());
      return holds ? Optional.of(state) : Optional.empty();
    }
    if (right.equal().isEmpty() || !ConstantValues.isInAll(right.equal().getAsLong())) {
      return Optional.of(state);
    }
    Optional<Known> outcome = outcome(condition.operator(), right.equal().getAsLong());
    if (outcome.isEmpty()) {
      return Optional.of(state);
    }
    Optional<Known> both = left.and(outcome.get());
    return both.map(
        b ->
            condition.left() instanceof Value.Load load
                    && load.path().isVariable()
                    && variables.containsKey(load.path().root())
                ? state.with(load.path().root(), b)
                : state);
  }

  private static Optional<Known> outcome(Condition.Operator operator, long n) {
    return switch (operator) {
      case EQ -> Optional.of(Known.number(n));
      case NE -> Optional.of(Known.notNumber(n));
      default -> Optional.empty();
    };
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which tests surely had which outcome: {@code pa->type == 1} inside {@code if (pa->type == 1)}.
 * Two tests of one condition on one path agree as long as nothing they read was assigned in
 * between; calls are taken to leave it alone, which is how flags and types are used.
 */
public final class SureConditions implements Analysis<Set<Condition>> {
  private SureConditions() {}

  public static Solution<Set<Condition>> of(Function function) {
    return Solver.forward(function.cfg(), new SureConditions());
  }

  /** The tests that surely come before an instruction of the function, with their outcomes. */
  public static Set<Condition> before(Function function, Instruction wanted) {
    Set<Condition> all = new LinkedHashSet<>();
    of(function)
        .forEach(
            (block, instruction, sure) -> {
              if (instruction.equals(wanted)) {
                all.addAll(sure);
              }
            });
    return all;
  }

  @Override
  public Set<Condition> entry() {
    return Set.of();
  }

  @Override
  public Set<Condition> join(Set<Condition> left, Set<Condition> right) {
    if (left.equals(right)) {
      return left;
    }
    Set<Condition> both = new LinkedHashSet<>(left);
    both.retainAll(right);
    return both;
  }

  @Override
  public Set<Condition> after(Instruction instruction, Set<Condition> before) {
    Optional<AccessPath> target =
        instruction instanceof Instruction.Assign assign
            ? Optional.of(assign.target())
            : ((Instruction.Call) instruction).result();
    return target.map(t -> without(t, before)).orElse(before);
  }

  @Override
  public Set<Condition> along(Terminator terminator, int successor, Set<Condition> state) {
    Optional<Condition> learned = learned(terminator, successor);
    if (learned.isEmpty()) {
      return state;
    }
    Set<Condition> more = new LinkedHashSet<>(state);
    more.add(learned.get());
    return more;
  }

  /** What going to {@code successor} tells; empty if both ways lead there or it is no test. */
  public static Optional<Condition> learned(Terminator terminator, int successor) {
    if (!(terminator instanceof Terminator.Branch branch) || branch.ifTrue() == branch.ifFalse()) {
      return Optional.empty();
    }
    return Optional.of(
        successor == branch.ifTrue() ? branch.condition() : branch.condition().negated());
  }

  /** The conditions that do not read what is assigned. */
  public static Set<Condition> without(AccessPath assigned, Set<Condition> conditions) {
    Predicate<Condition> reads = c -> mentions(c.left(), assigned) || mentions(c.right(), assigned);
    if (conditions.stream().noneMatch(reads)) {
      return conditions;
    }
    Set<Condition> kept = new LinkedHashSet<>(conditions);
    kept.removeIf(reads);
    return kept;
  }

  static boolean mentions(Value value, AccessPath path) {
    if (value instanceof Value.Load load) {
      return load.path().startsWith(path)
          || (!path.isVariable() && load.path().lastField().equals(path.lastField()));
    }
    if (value instanceof Value.AddressOf address) {
      return address.path().startsWith(path);
    }
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream().anyMatch(o -> mentions(o, path));
    }
    return value instanceof Value.ContainerOf entry && mentions(entry.inner(), path);
  }
}

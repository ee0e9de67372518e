// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.ListUses;
import dev.pinion.analyzer.model.KernelModel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which variables may still hold what a walk found when the section that kept it is over. A
 * reference, or a call that is given the object and may take one, ends it; where paths meet, what
 * is so on one of them stays.
 */
final class Escapees implements Analysis<SortedMap<String, Escapees.Found>> {
  /**
   * What a variable holds.
   *
   * @param use the walk that found it
   * @param left where the section ended since; empty if it is open
   */
  record Found(ListUses.Use use, Optional<Position> left) {
    Found leftAt(Position where) {
      return left.isPresent() ? this : new Found(use, Optional.of(where));
    }

    /** Of two histories the one that is out of the section. */
    Found later(Found other) {
      return left.isPresent() ? this : other;
    }
  }

  private final KernelModel model;
  private final References references;
  private final Map<Position, ListUses.Use> walks;
  private final Set<Position> endings;

  /**
   * @param walks by where they are
   * @param endings where the only section is left
   */
  Escapees(
      KernelModel model,
      References references,
      Map<Position, ListUses.Use> walks,
      Set<Position> endings) {
    this.model = model;
    this.references = references;
    this.walks = Map.copyOf(walks);
    this.endings = Set.copyOf(endings);
  }

  @Override
  public SortedMap<String, Found> entry() {
    return new TreeMap<>();
  }

  @Override
  public SortedMap<String, Found> join(
      SortedMap<String, Found> left, SortedMap<String, Found> right) {
    SortedMap<String, Found> either = new TreeMap<>(left);
    right.forEach((variable, found) -> either.merge(variable, found, Found::later));
    return either;
  }

  @Override
  public SortedMap<String, Found> after(Instruction instruction, SortedMap<String, Found> before) {
    if (instruction instanceof Instruction.Assign assign) {
      return assigned(assign, before);
    }
    Instruction.Call call = (Instruction.Call) instruction;
    SortedMap<String, Found> state = new TreeMap<>(before);
    if (endings.contains(call.position()) && model.does(call.name(), "rcu", "leave")) {
      state.replaceAll((variable, found) -> found.leftAt(call.position()));
      return state;
    }
    for (Map.Entry<String, Found> entry : before.entrySet()) {
      References.Effect effect = references.of(call, entry.getKey());
      if (effect == References.Effect.TAKES || effect == References.Effect.UNKNOWN) {
        state.values().removeIf(f -> f.use().equals(entry.getValue().use()));
      }
    }
    Optional<AccessPath> result = call.result().filter(AccessPath::isVariable);
    if (result.isPresent()) {
      ListUses.Use walk = walks.get(call.position());
      if (walk != null && walk.api().name().equals(call.name())) {
        state.put(result.get().root(), new Found(walk, Optional.empty()));
      } else {
        state.remove(result.get().root());
      }
    }
    return state;
  }

  private static SortedMap<String, Found> assigned(
      Instruction.Assign assign, SortedMap<String, Found> before) {
    SortedMap<String, Found> state = new TreeMap<>(before);
    Found source =
        assign.value() instanceof Value.Load load && load.path().isVariable()
            ? before.get(load.path().root())
            : null;
    if (assign.target().isVariable()) {
      state.remove(assign.target().root());
      if (source != null) {
        state.put(assign.target().root(), source);
      }
    } else if (source != null) {
      // Stored somewhere: who finds it there, and what keeps it for him, is another question.
      state.values().removeIf(f -> f.use().equals(source.use()));
    }
    return state;
  }

  /** Whether the value reads what the variable points to. */
  static boolean reads(Value value, String variable) {
    if (value instanceof Value.Load load) {
      return goesThrough(load.path(), variable, 0);
    }
    if (value instanceof Value.AddressOf address) {
      return goesThrough(address.path(), variable, 1);
    }
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream().anyMatch(o -> reads(o, variable));
    }
    return value instanceof Value.ContainerOf entry && reads(entry.inner(), variable);
  }

  /** Whether the path starts at the variable and follows more than so many pointers. */
  static boolean goesThrough(AccessPath path, String variable, int pointers) {
    return path.root().equals(variable)
        && path.steps().stream()
                .filter(s -> s instanceof Step.Arrow || s instanceof Step.Deref)
                .count()
            > pointers;
  }
}

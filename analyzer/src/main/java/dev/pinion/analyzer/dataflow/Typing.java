// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types and aliases inside one function: what a variable that is assigned once stands for, and what
 * type a path starts from. Linear in the function's size to build.
 */
public final class Typing {
  /** Copies of copies of copies: deeper chains are not followed. */
  private static final int MAX_CHAIN = 16;

  private final KernelModel model;
  private final Map<String, Variable> variables = new HashMap<>();
  private final Map<String, Instruction> definitions = new HashMap<>();
  private final Set<String> redefined = new HashSet<>();
  private final Map<AccessPath, Variable> copies = new HashMap<>();

  /** Parameters that are taken for several types, by what another parameter says. */
  private final Set<AccessPath> ambiguous = new HashSet<>();

  public Typing(Function function, KernelModel model) {
    this.model = model;
    for (Variable v : function.variables()) {
      variables.put(v.name(), v);
    }
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        AccessPath target = target(instruction);
        if (target != null && target.isVariable()) {
          define(target, instruction);
        }
      }
    }
    for (Variable v : function.variables()) {
      addCopy(v);
    }
    if (!ambiguous.isEmpty()) {
      copies.keySet().removeAll(ambiguous);
    }
  }

  private static @Nullable AccessPath target(Instruction instruction) {
    return instruction instanceof Instruction.Assign a
        ? a.target()
        : ((Instruction.Call) instruction).result().orElse(null);
  }

  private void define(AccessPath target, Instruction instruction) {
    if (definitions.put(target.root(), instruction) != null) {
      redefined.add(target.root());
    }
  }

  /** The only instruction that assigns a local or temporary; empty for parameters and the rest. */
  public Optional<Instruction> definition(String variable) {
    return Optional.ofNullable(onlyDefinition(variable));
  }

  /** The same or null: what follows is asked for every operand of every call of a tree. */
  private @Nullable Instruction onlyDefinition(String variable) {
    Instruction definition = definitions.get(variable);
    if (definition == null || redefined.contains(variable)) {
      return null;
    }
    Variable v = variables.get(variable);
    return v == null || v.kind() == Variable.Kind.PARAMETER ? null : definition;
  }

  /** The variable of that name that the function declares, or null. */
  public @Nullable Variable variable(String name) {
    return variables.get(name);
  }

  /**
   * The path with variables that are mere copies replaced by what they copy: after {@code struct
   * device *d = &pdev->dev}, {@code d->kobj} is {@code pdev->dev.kobj}. Two equal results name the
   * same place as long as nothing on the path was assigned in between.
   */
  public AccessPath canonical(AccessPath path) {
    AccessPath current = path;
    for (int i = 0; i < MAX_CHAIN; i++) {
      AccessPath next = step(current);
      if (next == null) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private @Nullable AccessPath step(AccessPath path) {
    Value copied = copied(path.root());
    return copied == null ? null : through(copied, path.steps());
  }

  /** What a variable is a copy of: an assigned value, or what an RCU fetch reads; else null. */
  private @Nullable Value copied(String variable) {
    Instruction definition = onlyDefinition(variable);
    if (definition instanceof Instruction.Assign assign) {
      return assign.value();
    }
    if (!(definition instanceof Instruction.Call call)
        || call.kind() != Instruction.CallKind.ORDINARY
        || !model.does(call.name(), "rcu", "fetch")) {
      return null;
    }
    int fetched = model.find("rcu", call.name()).map(a -> a.argument("arg")).orElse(-1);
    return fetched >= 0 && fetched < call.arguments().size() ? call.arguments().get(fetched) : null;
  }

  /**
   * A place that a callee names, in the caller's names: what it reaches from the argument that is
   * passed for its parameter. Empty if the argument is not a plain pointer.
   */
  Optional<AccessPath> place(LockEffect.Place place, Instruction.Call call) {
    if (place.parameter() < 0) {
      return Optional.of(AccessPath.variable(place.global()).thenAll(place.steps()));
    }
    if (place.parameter() >= call.arguments().size()) {
      return Optional.empty();
    }
    Value argument = canonical(call.arguments().get(place.parameter()));
    if (place.steps().isEmpty()) {
      return argument instanceof Value.Load load
          ? Optional.of(load.path())
          : Optional.of(argument)
              .filter(a -> a instanceof Value.AddressOf)
              .map(a -> ((Value.AddressOf) a).path());
    }
    return Optional.ofNullable(through(argument, place.steps())).map(this::canonical);
  }

  /** What the steps lead to from a pointer; empty if it is not a plain one. */
  public Optional<AccessPath> inside(Value pointer, List<Step> steps) {
    return Optional.ofNullable(through(canonical(pointer), steps)).map(this::canonical);
  }

  private static @Nullable AccessPath through(Value value, List<Step> steps) {
    if (value instanceof Value.Load load) {
      return load.path().thenAll(steps);
    }
    if (value instanceof Value.AddressOf address && !steps.isEmpty()) {
      List<Step> rest = steps.subList(1, steps.size());
      if (steps.get(0) instanceof Step.Arrow arrow) {
        return address.path().dot(arrow.name()).thenAll(rest);
      }
      if (steps.get(0) instanceof Step.Deref || steps.get(0) instanceof Step.Index) {
        return address.path().thenAll(rest);
      }
    }
    if (value instanceof Value.ContainerOf entry
        && entry.inner() instanceof Value.AddressOf inner
        && inner.path().lastField().equals(entry.member())) {
      return inner.path().holder().thenAll(steps);
    }
    return null;
  }

  /** {@link #canonical(AccessPath)} inside a load or an address; other values as they are. */
  @SuppressWarnings("ReferenceEquality") // A path that is no copy is the very same path.
  public Value canonical(Value value) {
    if (value instanceof Value.Load load) {
      AccessPath path = canonical(load.path());
      if (path.isVariable() && copied(path.root()) instanceof Value.AddressOf address) {
        return new Value.AddressOf(canonical(address.path()));
      }
      return path == load.path() ? value : new Value.Load(path);
    }
    if (value instanceof Value.AddressOf address) {
      AccessPath path = canonical(address.path());
      return path == address.path() ? value : new Value.AddressOf(path);
    }
    return value;
  }

  /** The path with the type it starts from, following copies where the start itself has none. */
  public TypedPath typed(AccessPath path) {
    for (int i = path.steps().size() - 1; i > 0 && !copies.isEmpty(); i--) {
      Variable copy = copies.get(new AccessPath(path.root(), path.steps().subList(0, i)));
      if (copy != null) {
        List<Step> rest = path.steps().subList(i, path.steps().size());
        return new TypedPath(TypedPath.Origin.VARIABLE, copy.name(), copy.type(), rest);
      }
    }
    AccessPath current = path;
    for (int i = 0; i < MAX_CHAIN; i++) {
      Variable v = variables.get(current.root());
      if (v == null) {
        return new TypedPath(
            TypedPath.Origin.GLOBAL, current.root(), CType.UNKNOWN, current.steps());
      }
      Variable copy = copies.isEmpty() ? null : copies.get(AccessPath.variable(v.name()));
      if (copy != null) {
        return new TypedPath(TypedPath.Origin.VARIABLE, copy.name(), copy.type(), current.steps());
      }
      if (v.type().kind() != CType.Kind.UNKNOWN && !isVague(v.type())) {
        return new TypedPath(TypedPath.Origin.VARIABLE, current.root(), v.type(), current.steps());
      }
      AccessPath next = step(current);
      if (next == null) {
        Instruction definition = onlyDefinition(current.root());
        return definition == null ? TypedPath.NOWHERE : ofResult(definition, path, v.name());
      }
      current = next;
    }
    return TypedPath.NOWHERE;
  }

  /**
   * Remembers which place a variable is a copy of. After {@code struct group *g =
   * file->private_data} the place holds a group, though its own declaration says {@code void *}.
   */
  private void addCopy(Variable v) {
    if (v.kind() != Variable.Kind.LOCAL || !v.type().isAggregate() || v.type().pointers() != 1) {
      return;
    }
    Instruction definition = onlyDefinition(v.name());
    if (definition != null
        && (loadsField(definition) || loadsAnything(definition) || fetches(definition))) {
      AccessPath place = canonical(AccessPath.variable(v.name()));
      Variable first = copies.putIfAbsent(place, v);
      if (first != null && place.isVariable() && !first.type().equals(v.type())) {
        ambiguous.add(place);
      }
    }
  }

  /** {@code struct hub *h = data}, with {@code data} a parameter that may point to anything. */
  private boolean loadsAnything(Instruction definition) {
    if (definition instanceof Instruction.Assign assign
        && assign.value() instanceof Value.Load load
        && load.path().isVariable()) {
      Variable from = variables.get(load.path().root());
      return from != null
          && from.kind() == Variable.Kind.PARAMETER
          && isVague(from.type())
          && from.type().pointers() == 1
          && !definitions.containsKey(from.name());
    }
    return false;
  }

  /** {@code struct head *h = rcu_dereference(p->root)}. */
  private boolean fetches(Instruction definition) {
    Instruction source =
        definition instanceof Instruction.Assign assign
                && assign.value() instanceof Value.Load load
                && load.path().isTemporary()
                && load.path().isVariable()
            ? onlyDefinition(load.path().root())
            : definition;
    return source instanceof Instruction.Call call && model.does(call.name(), "rcu", "fetch");
  }

  private static boolean loadsField(Instruction definition) {
    return definition instanceof Instruction.Assign assign
        && assign.value() instanceof Value.Load load
        && !load.path().isVariable();
  }

  /** {@code void *} says nothing: what was copied into it may say more. */
  private static boolean isVague(CType type) {
    return type.kind() == CType.Kind.PRIMITIVE && type.name().equals("void");
  }

  private static TypedPath ofResult(Instruction definition, AccessPath path, String variable) {
    if (definition instanceof Instruction.Assign assign) {
      return assign.value() instanceof Value.ContainerOf entry
          ? new TypedPath(TypedPath.Origin.VARIABLE, variable, entry.type().pointer(), path.steps())
          : TypedPath.NOWHERE;
    }
    Instruction.Call call = (Instruction.Call) definition;
    for (Value argument : call.arguments()) {
      if (argument instanceof Value.TypeOperand operand) {
        return new TypedPath(
            TypedPath.Origin.VARIABLE, variable, operand.type().pointer(), path.steps());
      }
    }
    return call.name().isEmpty()
        ? TypedPath.NOWHERE
        : new TypedPath(TypedPath.Origin.RESULT, call.name(), CType.UNKNOWN, path.steps());
  }

  /** An argument as an operand. */
  public Operand operand(Value value) {
    if (value instanceof Value.Load load) {
      Value canonical = load.path().isVariable() ? canonical(value) : value;
      if (canonical instanceof Value.AddressOf address) {
        return new Operand(Operand.Form.ADDRESS, typed(address.path()));
      }
      return new Operand(Operand.Form.LOAD, typed(load.path()));
    }
    if (value instanceof Value.AddressOf address) {
      return new Operand(Operand.Form.ADDRESS, typed(address.path()));
    }
    if (value instanceof Value.TypeOperand type) {
      return new Operand(
          Operand.Form.TYPE, new TypedPath(TypedPath.Origin.UNKNOWN, "", type.type(), List.of()));
    }
    if (value instanceof Value.Text text) {
      return new Operand(
          Operand.Form.TEXT,
          new TypedPath(TypedPath.Origin.UNKNOWN, text.text(), CType.UNKNOWN, List.of()));
    }
    return Operand.OTHER;
  }

  /** All of a call's arguments. */
  public List<Operand> operands(Instruction.Call call) {
    List<Operand> all = new ArrayList<>();
    for (Value argument : call.arguments()) {
      all.add(operand(argument));
    }
    return all;
  }

  /** Whether the function declares a variable of that name. */
  public boolean declares(String name) {
    return variables.containsKey(name);
  }
}

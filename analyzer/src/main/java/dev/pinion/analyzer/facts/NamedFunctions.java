// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.facts.FunctionFacts.FunctionStore;
import dev.pinion.analyzer.facts.FunctionFacts.Reference;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a body uses the names of functions, or of tables of functions, as values: what it stores
 * into fields and what it passes on, also by way of a local variable. A name that goes elsewhere,
 * by a return or a call through a pointer, is told as a store that leads nowhere.
 */
final class NamedFunctions {
  private final Function function;
  private final Typing typing;
  private final KernelModel model;

  /** What local variables may hold. */
  private final Map<String, Set<String>> held = new TreeMap<>();

  private final Set<FunctionStore> stores = new LinkedHashSet<>();
  private final Set<Reference> references = new LinkedHashSet<>();

  NamedFunctions(Function function, Typing typing, KernelModel model) {
    this.function = function;
    this.typing = typing;
    this.model = model;
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign && assign.target().isVariable()) {
          named(assign.value())
              .ifPresent(
                  n -> held.computeIfAbsent(assign.target().root(), r -> new TreeSet<>()).add(n));
        }
      }
    }
    function.cfg().blocks().forEach(this::addAll);
  }

  List<FunctionStore> stores() {
    return List.copyOf(stores);
  }

  List<Reference> references() {
    return List.copyOf(references);
  }

  private void addAll(BasicBlock block) {
    for (Instruction instruction : block.instructions()) {
      if (instruction instanceof Instruction.Assign assign) {
        add(assign);
      } else {
        add((Instruction.Call) instruction);
      }
    }
    if (block.terminator() instanceof Terminator.Return end) {
      end.value().ifPresent(v -> all(v).forEach(n -> store(TypedPath.NOWHERE, n, end.position())));
    }
  }

  private void add(Instruction.Assign assign) {
    if (!assign.target().isVariable()) {
      for (String name : all(assign.value())) {
        store(typing.typed(assign.target()), name, assign.position());
      }
    } else if (named(assign.value()).isEmpty()) {
      // A copy of the variable is not followed.
      all(assign.value()).forEach(n -> store(TypedPath.NOWHERE, n, assign.position()));
    }
  }

  private void add(Instruction.Call call) {
    if (call.callee() instanceof Instruction.Callee.Indirect through) {
      if (through.path().isVariable()) {
        held.getOrDefault(through.path().root(), Set.of())
            .forEach(n -> store(TypedPath.NOWHERE, n, call.position()));
      }
      references(lookedUp(through.path()).orElse(""), call);
    } else {
      references(call.name(), call);
    }
  }

  private void store(TypedPath target, String name, Position position) {
    stores.add(new FunctionStore(target, name, position));
  }

  private void references(String callee, Instruction.Call call) {
    List<String> constants =
        call.arguments().stream()
            .flatMap(a -> names(a).stream())
            .filter(n -> !looksLikeFunction(n))
            .distinct()
            .sorted()
            .toList();
    for (int i = 0; i < call.arguments().size(); i++) {
      for (String name : all(call.arguments().get(i))) {
        references.add(new Reference(callee, i, name, constants));
      }
    }
  }

  /** The function that a variable holds after {@code fn = symbol_get(function)}. */
  private Optional<String> lookedUp(AccessPath callee) {
    return callee.isVariable()
        ? typing
            .definition(callee.root())
            .filter(d -> d instanceof Instruction.Call)
            .map(d -> (Instruction.Call) d)
            .filter(c -> model.does(c.name(), "object", "symbol-get") && !c.arguments().isEmpty())
            .flatMap(c -> symbol(c.arguments().get(0)))
        : Optional.empty();
  }

  /** The names that a value may stand for: its own, or those that the variable may hold. */
  private List<String> all(Value value) {
    List<String> all = new ArrayList<>();
    named(value).ifPresent(all::add);
    if (value instanceof Value.Load load && load.path().isVariable()) {
      all.addAll(held.getOrDefault(load.path().root(), Set.of()));
    }
    return all;
  }

  private Optional<String> named(Value value) {
    return symbol(value).filter(s -> function.variable(s).isEmpty() && looksLikeFunction(s));
  }

  /** Constants are upper case in the kernel; functions are not. */
  private static boolean looksLikeFunction(String name) {
    return name.chars().anyMatch(Character::isLowerCase);
  }

  /** What a value is: a name, or flags that are combined. */
  static List<String> names(Value value) {
    if (value instanceof Value.Compound compound && compound.operator().equals("|")) {
      return compound.operands().stream().flatMap(o -> names(o).stream()).toList();
    }
    return symbol(value).stream().toList();
  }

  /** The name that a bare {@code name} or {@code &name} names. */
  private static Optional<String> symbol(Value value) {
    if (value instanceof Value.Load load && load.path().isVariable()) {
      return Optional.of(load.path().root());
    }
    if (value instanceof Value.AddressOf address && address.path().isVariable()) {
      return Optional.of(address.path().root());
    }
    return Optional.empty();
  }
}

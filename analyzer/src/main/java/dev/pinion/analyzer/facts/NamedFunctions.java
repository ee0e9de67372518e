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
import java.util.SortedSet;
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
    SortedSet<String> constants = new TreeSet<>();
    for (Value argument : call.arguments()) {
      for (String name : names(argument)) {
        if (!looksLikeFunction(name)) {
          constants.add(name);
        }
      }
    }
    List<String> flags = List.copyOf(constants);
    for (int i = 0; i < call.arguments().size(); i++) {
      for (String name : all(call.arguments().get(i))) {
        references.add(new Reference(callee, i, name, flags));
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
            .map(c -> symbol(c.arguments().get(0)))
            .filter(s -> !s.isEmpty())
        : Optional.empty();
  }

  /** The names that a value may stand for: its own, or those that the variable may hold. */
  private List<String> all(Value value) {
    String symbol = symbol(value);
    if (symbol.isEmpty()) {
      return List.of();
    }
    Set<String> more =
        value instanceof Value.Load ? held.getOrDefault(symbol, Set.of()) : Set.<String>of();
    String named = named(value).orElse("");
    if (more.isEmpty()) {
      return named.isEmpty() ? List.of() : List.of(named);
    }
    List<String> all = new ArrayList<>();
    if (!named.isEmpty()) {
      all.add(named);
    }
    all.addAll(more);
    return all;
  }

  private Optional<String> named(Value value) {
    String symbol = symbol(value);
    return !symbol.isEmpty() && looksLikeFunction(symbol) && function.variable(symbol).isEmpty()
        ? Optional.of(symbol)
        : Optional.empty();
  }

  /** Constants are upper case in the kernel; functions are not. */
  private static boolean looksLikeFunction(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLowerCase(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** What a value is: a name, or flags that are combined. */
  static List<String> names(Value value) {
    if (value instanceof Value.Compound compound && compound.operator().equals("|")) {
      return compound.operands().stream().flatMap(o -> names(o).stream()).toList();
    }
    String symbol = symbol(value);
    return symbol.isEmpty() ? List.of() : List.of(symbol);
  }

  /** The name that a bare {@code name} or {@code &name} names, or nothing. */
  private static String symbol(Value value) {
    if (value instanceof Value.Load load && load.path().isVariable()) {
      return load.path().root();
    }
    return value instanceof Value.AddressOf address && address.path().isVariable()
        ? address.path().root()
        : "";
  }
}

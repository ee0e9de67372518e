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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where a body uses the names of functions, or of tables of functions, as values: what it stores
 * into fields and what it passes on, also by way of a local variable. A name that goes elsewhere,
 * by a return or a call through a pointer, is told as a store that leads nowhere.
 */
final class NamedFunctions {
  private final Typing typing;
  private final KernelModel model;

  /** What local variables may hold. */
  private final Map<String, Set<String>> held = new HashMap<>();

  private final Set<FunctionStore> stores = new LinkedHashSet<>();
  private final Set<Reference> references = new LinkedHashSet<>();

  NamedFunctions(Function function, Typing typing, KernelModel model) {
    this.typing = typing;
    this.model = model;
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Assign assign && assign.target().isVariable()) {
          String name = named(assign.value());
          if (!name.isEmpty()) {
            held.computeIfAbsent(assign.target().root(), r -> new TreeSet<>()).add(name);
          }
        }
      }
    }
    for (BasicBlock block : function.cfg().blocks()) {
      addAll(block);
    }
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
      if (end.value().isPresent()) {
        lost(end.value().get(), end.position());
      }
    }
  }

  private void add(Instruction.Assign assign) {
    if (!assign.target().isVariable()) {
      for (String name : all(assign.value())) {
        store(typing.typed(assign.target()), name, assign.position());
      }
    } else if (named(assign.value()).isEmpty()) {
      // A copy of the variable is not followed.
      lost(assign.value(), assign.position());
    }
  }

  private void add(Instruction.Call call) {
    if (call.callee() instanceof Instruction.Callee.Indirect through) {
      if (through.path().isVariable()) {
        held.getOrDefault(through.path().root(), Set.of())
            .forEach(n -> store(TypedPath.NOWHERE, n, call.position()));
      }
      references(lookedUp(through.path()), call);
    } else {
      references(call.name(), call);
    }
  }

  /** What a value stands for goes where it is not followed. */
  private void lost(Value value, Position position) {
    for (String name : all(value)) {
      store(TypedPath.NOWHERE, name, position);
    }
  }

  private void store(TypedPath target, String name, Position position) {
    stores.add(new FunctionStore(target, name, position));
  }

  private void references(String callee, Instruction.Call call) {
    List<Value> arguments = call.arguments();
    List<String> flags = List.of();
    boolean any = false;
    for (int i = 0; i < arguments.size(); i++) {
      for (String name : all(arguments.get(i))) {
        if (!any) {
          flags = flags(arguments); // Most calls pass no function: flags matter to the others only.
          any = true;
        }
        references.add(new Reference(callee, i, name, flags));
      }
    }
  }

  private static List<String> flags(List<Value> arguments) {
    SortedSet<String> constants = new TreeSet<>();
    for (Value argument : arguments) {
      for (String name : names(argument)) {
        if (!looksLikeFunction(name)) {
          constants.add(name);
        }
      }
    }
    return List.copyOf(constants);
  }

  /** The function that a variable holds after {@code fn = symbol_get(function)}, or nothing. */
  private String lookedUp(AccessPath callee) {
    return callee.isVariable()
            && typing.definition(callee.root()).orElse(null) instanceof Instruction.Call call
            && !call.arguments().isEmpty()
            && model.does(call.name(), "object", "symbol-get")
        ? symbol(call.arguments().get(0))
        : "";
  }

  /** The names that a value may stand for: its own, or those that the variable may hold. */
  private List<String> all(Value value) {
    String symbol = symbol(value);
    if (symbol.isEmpty()) {
      return List.of();
    }
    Set<String> more = value instanceof Value.Load ? held.get(symbol) : null;
    String named = named(value);
    if (more == null) {
      return named.isEmpty() ? List.of() : List.of(named);
    }
    List<String> all = new ArrayList<>();
    if (!named.isEmpty()) {
      all.add(named);
    }
    all.addAll(more);
    return all;
  }

  /** The function that a value names, or nothing. */
  private String named(Value value) {
    String symbol = symbol(value);
    return !symbol.isEmpty() && looksLikeFunction(symbol) && !typing.declares(symbol) ? symbol : "";
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
      List<String> all = new ArrayList<>();
      for (Value operand : compound.operands()) {
        all.addAll(names(operand));
      }
      return all;
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

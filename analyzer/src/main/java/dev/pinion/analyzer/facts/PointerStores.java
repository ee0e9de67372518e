// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import dev.pinion.analyzer.dataflow.TypedPath;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.CType;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the pointer stores of one function. */
final class PointerStores {
  /** Typedefs that are numbers; a typedef of something else may be a function pointer. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "_*(?:[usif]|[bl]e)\\d+|u_?(?:char|short|int|long)|(?:s?size|loff|off)_t|bool|"
              + "u?int\\d*_t|gfp_t|dma_addr_t|phys_addr_t|resource_size_t|umode_t|dev_t|sector_t|pid_t");

  private final Function function;
  private final Typing typing;
  private final List<Instruction.Call> calls = new ArrayList<>();

  PointerStores(Function function, Typing typing) {
    this.function = function;
    this.typing = typing;
  }

  List<PointerStore> find() {
    List<PointerStore> all = new ArrayList<>();
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call) {
          calls.add(call);
        }
      }
    }
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        store(instruction).ifPresent(all::add);
      }
    }
    return all;
  }

  private Optional<PointerStore> store(Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      return outlives(assign.target()) && assign.value() instanceof Value.Load load
          ? of(assign, load.path())
          : Optional.empty();
    }
    Instruction.Call call = (Instruction.Call) instruction;
    return call.result()
        .filter(r -> outlives(r) && !call.name().isEmpty())
        .map(
            r ->
                new PointerStore(
                    typing.typed(r),
                    TypedPath.NOWHERE,
                    call.name(),
                    passedTo(Optional.empty(), r, calls),
                    passedTo(Optional.empty(), r, callsAfter(call)),
                    call.position()));
  }

  private Optional<PointerStore> of(Instruction.Assign assign, AccessPath source) {
    if (!mayBePointer(source)) {
      return Optional.empty();
    }
    Value canonical = typing.canonical(assign.value());
    if (!(canonical instanceof Value.Load load)) {
      return Optional.empty(); // The address of something: not a pointer that someone counted.
    }
    return Optional.of(
        new PointerStore(
            typing.typed(assign.target()),
            typing.typed(load.path()),
            producer(load.path()),
            passedTo(Optional.of(load.path()), assign.target(), calls),
            passedTo(Optional.of(load.path()), assign.target(), callsAfter(assign)),
            assign.position()));
  }

  private boolean outlives(AccessPath target) {
    if (target.isVariable()) {
      return function.variable(target.root()).isEmpty();
    }
    Optional<Variable> root = function.variable(target.root());
    boolean onStack =
        root.isPresent()
            && root.get().kind() == Variable.Kind.LOCAL
            && root.get().type().pointers() == 0
            && !(target.steps().get(0) instanceof Step.Arrow)
            && target.steps().stream().noneMatch(s -> s instanceof Step.Arrow);
    return !onStack && !target.lastField().isEmpty();
  }

  /** Whether a place may hold a pointer to an object or a function, as far as is known here. */
  private boolean mayBePointer(AccessPath source) {
    if (!source.isVariable()) {
      return !source.lastField().isEmpty();
    }
    Optional<Variable> variable = function.variable(source.root());
    if (variable.isEmpty()) {
      return false; // A global or a function: see function stores.
    }
    CType type = variable.get().type();
    return switch (type.kind()) {
      case STRUCT, UNION, FUNCTION -> type.isPointer();
      case TYPEDEF -> !NUMBER.matcher(type.name()).matches();
      case UNKNOWN -> true;
      case PRIMITIVE -> type.isPointer() && type.name().equals("void");
      case ENUM -> false;
    };
  }

  private String producer(AccessPath source) {
    return source.isVariable()
        ? typing
            .definition(source.root())
            .filter(d -> d instanceof Instruction.Call)
            .map(d -> ((Instruction.Call) d).name())
            .orElse("")
        : "";
  }

  /** The calls that a path from an instruction on may come to. */
  private List<Instruction.Call> callsAfter(Instruction start) {
    List<Instruction.Call> after = new ArrayList<>();
    BitSet seen = new BitSet();
    Deque<Integer> work = new ArrayDeque<>();
    for (BasicBlock block : function.cfg().blocks()) {
      int at = block.instructions().indexOf(start);
      if (at >= 0) {
        addCalls(block.instructions().subList(at + 1, block.instructions().size()), after);
        work.addAll(block.terminator().successors());
        break;
      }
    }
    while (!work.isEmpty()) {
      int id = work.pop();
      if (!seen.get(id)) {
        seen.set(id);
        BasicBlock block = function.cfg().block(id);
        addCalls(block.instructions(), after);
        work.addAll(block.terminator().successors());
      }
    }
    return after;
  }

  private static void addCalls(List<Instruction> from, List<Instruction.Call> into) {
    for (Instruction instruction : from) {
      if (instruction instanceof Instruction.Call call) {
        into.add(call);
      }
    }
  }

  private List<String> passedTo(
      Optional<AccessPath> source, AccessPath target, List<Instruction.Call> among) {
    AccessPath place = typing.canonical(target);
    SortedSet<String> names = new TreeSet<>();
    for (Instruction.Call call : among) {
      for (Value argument : call.arguments()) {
        Value value = typing.canonical(argument);
        if (isObject(value, place) || (source.isPresent() && isObject(value, source.get()))) {
          names.add(name(call));
        }
      }
    }
    return List.copyOf(names);
  }

  private static String name(Instruction.Call call) {
    if (call.callee() instanceof Instruction.Callee.Indirect through) {
      String field = through.path().lastField();
      return "*" + (field.isEmpty() ? through.path().root() : field);
    }
    return call.name();
  }

  /** {@code p}, or {@code &p->embedded}. */
  private static boolean isObject(Value value, AccessPath pointer) {
    if (value instanceof Value.Load load) {
      return load.path().equals(pointer);
    }
    return value instanceof Value.AddressOf address
        && address.path().steps().size() > pointer.steps().size()
        && address.path().startsWith(pointer)
        && address
            .path()
            .steps()
            .subList(pointer.steps().size() + 1, address.path().steps().size())
            .stream()
            .allMatch(s -> s instanceof Step.Dot);
  }
}

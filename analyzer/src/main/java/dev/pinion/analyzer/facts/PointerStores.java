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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the pointer stores of one function. */
final class PointerStores {
  /** Typedefs that are numbers; a typedef of something else may be a function pointer. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "_*(?:[usif]|[bl]e)\\d+|u_?(?:char|short|int|long)|(?:s?size|loff|off)_t|bool|"
              + "u?int\\d*_t|gfp_t|dma_addr_t|phys_addr_t|resource_size_t|umode_t|dev_t|sector_t|pid_t");

  private final Function function;
  private final Typing typing;

  /** All calls of the function, in the order of its blocks. */
  private final List<Site> sites = new ArrayList<>();

  PointerStores(Function function, Typing typing) {
    this.function = function;
    this.typing = typing;
  }

  /** A call and where it stands; what it is given is found out when a store asks for it. */
  private static final class Site {
    private final Instruction.Call call;
    private final int block;
    private final int index;
    private Value @Nullable [] arguments;

    Site(Instruction.Call call, int block, int index) {
      this.call = call;
      this.block = block;
      this.index = index;
    }

    /** The arguments with copies followed. */
    Value[] arguments(Typing typing) {
      Value[] known = arguments;
      if (known == null) {
        known = new Value[call.arguments().size()];
        for (int i = 0; i < known.length; i++) {
          known[i] = typing.canonical(call.arguments().get(i));
        }
        arguments = known;
      }
      return known;
    }
  }

  List<PointerStore> find() {
    List<PointerStore> all = new ArrayList<>();
    for (BasicBlock block : function.cfg().blocks()) {
      int index = 0;
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call) {
          sites.add(new Site(call, block.id(), index));
        }
        index++;
      }
    }
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        PointerStore store =
            instruction instanceof Instruction.Assign assign
                ? of(assign)
                : of((Instruction.Call) instruction);
        if (store != null) {
          all.add(store);
        }
      }
    }
    return all;
  }

  private @Nullable PointerStore of(Instruction.Call call) {
    AccessPath result = call.result().orElse(null);
    return result == null || call.name().isEmpty() || !outlives(result)
        ? null
        : store(result, null, call.name(), call);
  }

  private @Nullable PointerStore of(Instruction.Assign assign) {
    if (!(assign.value() instanceof Value.Load source)
        || !outlives(assign.target())
        || !mayBePointer(source.path())) {
      return null;
    }
    return typing.canonical(source) instanceof Value.Load load
        ? store(assign.target(), load.path(), producer(load.path()), assign)
        : null; // The address of something: not a pointer that someone counted.
  }

  private PointerStore store(
      AccessPath target, @Nullable AccessPath source, String producer, Instruction at) {
    List<Site> passed = passedTo(source, target);
    return new PointerStore(
        typing.typed(target),
        source == null ? TypedPath.NOWHERE : typing.typed(source),
        producer,
        names(passed),
        passed.isEmpty() ? List.of() : names(after(at, passed)),
        at.position());
  }

  private boolean outlives(AccessPath target) {
    Variable root = typing.variable(target.root());
    if (target.isVariable()) {
      return root == null;
    }
    boolean onStack =
        root != null
            && root.kind() == Variable.Kind.LOCAL
            && root.type().pointers() == 0
            && hasNoArrow(target.steps());
    return !onStack && !target.lastField().isEmpty();
  }

  private static boolean hasNoArrow(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Step.Arrow) {
        return false;
      }
    }
    return true;
  }

  /** Whether a place may hold a pointer to an object or a function, as far as is known here. */
  private boolean mayBePointer(AccessPath source) {
    if (!source.isVariable()) {
      return !source.lastField().isEmpty();
    }
    Variable variable = typing.variable(source.root());
    if (variable == null) {
      return false; // A global or a function: see function stores.
    }
    CType type = variable.type();
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
            && typing.definition(source.root()).orElse(null) instanceof Instruction.Call call
        ? call.name()
        : "";
  }

  /** Those of some calls that a path from an instruction on may come to. */
  private List<Site> after(Instruction start, List<Site> among) {
    List<BasicBlock> blocks = function.cfg().blocks();
    int from = 0;
    int index = -1;
    while (from < blocks.size() && (index = index(start, blocks.get(from))) < 0) {
      from++;
    }
    if (index < 0) {
      return List.of();
    }
    BitSet reached = reached(blocks.get(from));
    List<Site> after = new ArrayList<>();
    for (Site site : among) {
      if (reached.get(site.block) || (site.block == from && site.index > index)) {
        after.add(site);
      }
    }
    return after;
  }

  /** Where an instruction stands in a block, or -1; most others differ in their position. */
  private static int index(Instruction wanted, BasicBlock block) {
    List<Instruction> all = block.instructions();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).position().equals(wanted.position()) && all.get(i).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** The blocks that may come after one; itself too if it is in a loop. */
  private BitSet reached(BasicBlock start) {
    BitSet seen = new BitSet();
    Deque<Integer> work = new ArrayDeque<>(start.terminator().successors());
    while (!work.isEmpty()) {
      int id = work.pop();
      if (!seen.get(id)) {
        seen.set(id);
        work.addAll(function.cfg().block(id).terminator().successors());
      }
    }
    return seen;
  }

  /** The calls that are given the pointer, or something embedded in the object. */
  private List<Site> passedTo(@Nullable AccessPath source, AccessPath target) {
    AccessPath place = typing.canonical(target);
    List<Site> passed = List.of();
    for (Site site : sites) {
      if (isPassed(site.arguments(typing), source, place)) {
        passed = passed.isEmpty() ? new ArrayList<>() : passed;
        passed.add(site);
      }
    }
    return passed;
  }

  private static boolean isPassed(Value[] arguments, @Nullable AccessPath a, AccessPath b) {
    for (Value value : arguments) {
      if (isObject(value, b) || (a != null && isObject(value, a))) {
        return true;
      }
    }
    return false;
  }

  private static List<String> names(List<Site> sites) {
    if (sites.isEmpty()) {
      return List.of();
    }
    SortedSet<String> names = new TreeSet<>();
    for (Site site : sites) {
      names.add(name(site.call));
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
    if (!(value instanceof Value.AddressOf address)
        || !address.path().root().equals(pointer.root())) {
      return false;
    }
    List<Step> steps = address.path().steps();
    int inside = pointer.steps().size();
    return steps.size() > inside
        && address.path().startsWith(pointer)
        && onlyDots(steps, inside + 1);
  }

  private static boolean onlyDots(List<Step> steps, int from) {
    for (int i = from; i < steps.size(); i++) {
      if (!(steps.get(i) instanceof Step.Dot)) {
        return false;
      }
    }
    return true;
  }
}

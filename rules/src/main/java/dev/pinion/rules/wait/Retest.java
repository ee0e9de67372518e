// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import dev.pinion.analyzer.link.FunctionRef;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tests around a sleep: which decide whether there is need to sleep, and whether the function
 * looks again afterwards.
 */
final class Retest {
  private final FunctionRef ref;
  private final Function function;
  private final KernelModel model;

  /** The blocks that run after the sleep; its own counts, as its end comes later. */
  private final Set<Integer> later = new TreeSet<>();

  private final List<BasicBlock> guards = new ArrayList<>();

  Retest(FunctionRef ref, Function function, Instruction sleep, KernelModel model) {
    this.ref = ref;
    this.function = function;
    this.model = model;
    for (int block : function.cfg().of(sleep).stream().map(BasicBlock::id).toList()) {
      later.add(block);
      later.addAll(function.cfg().after(block));
    }
    for (BasicBlock block : function.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Branch branch
          && !later.contains(block.id())
          && (skips(branch.ifTrue(), sleep) != skips(branch.ifFalse(), sleep))
          && goesOn(skips(branch.ifTrue(), sleep) ? branch.ifTrue() : branch.ifFalse())
          && !read(block).isEmpty()) {
        guards.add(block);
      }
    }
  }

  /** Whether the way that begins with a block does not come to the sleep. */
  private boolean skips(int block, Instruction sleep) {
    Set<Integer> way = way(block);
    return function.cfg().of(sleep).stream().map(BasicBlock::id).toList().stream()
        .noneMatch(way::contains);
  }

  private Set<Integer> way(int block) {
    Set<Integer> way = new TreeSet<>(function.cfg().after(block));
    way.add(block);
    return way;
  }

  /** Whether that way does what comes after the sleep, and does not just return. */
  private boolean goesOn(int block) {
    return way(block).stream()
        .filter(later::contains)
        .map(function.cfg()::block)
        .anyMatch(b -> !b.instructions().isEmpty() || b.terminator() instanceof Terminator.Branch);
  }

  /** The test that decides whether to sleep; empty if the function sleeps in any case. */
  Optional<Related> guard() {
    return guards.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Related(
                Location.of(ref.file(), position(guards.get(guards.size() - 1))),
                "whether there is need to sleep is tested here"));
  }

  /** The first test after the sleep of something that decides whether to sleep. */
  Optional<Related> again() {
    Set<String> before = new TreeSet<>();
    guards.forEach(b -> before.addAll(read(b)));
    for (int block : later) {
      BasicBlock at = function.cfg().block(block);
      Set<String> read = read(at);
      if (read.stream().anyMatch(before::contains)) {
        return Optional.of(
            new Related(Location.of(ref.file(), position(at)), "tested again after the sleep"));
      }
    }
    return Optional.empty();
  }

  /** What the end of a block reads: members, variables, and functions whose result it is. */
  private Set<String> read(BasicBlock block) {
    Set<String> names = new TreeSet<>();
    if (block.terminator() instanceof Terminator.Branch branch) {
      Condition condition = branch.condition();
      add(condition.left(), names);
      add(condition.right(), names);
    } else if (block.terminator() instanceof Terminator.Return end && end.value().isPresent()) {
      add(end.value().get(), names);
    } else if (block.terminator() instanceof Terminator.Switch choice) {
      add(choice.value(), names);
    }
    return names;
  }

  private void add(Value value, Set<String> names) {
    if (value instanceof Value.Load load) {
      if (!load.path().isVariable()) {
        names.add(load.path().lastField());
      } else if (mayChange(load.path().root())) {
        names.add(load.path().root());
        calls(load.path().root(), names);
      }
    } else if (value instanceof Value.AddressOf address) {
      names.add(address.path().lastField());
    } else if (value instanceof Value.Compound compound
        && !model.does(compound.operator(), Wait.FAMILY, "signal")) {
      compound.operands().forEach(o -> add(o, names));
    }
  }

  /** Whether a variable may be a copy of what others change: no parameter, and no pointer. */
  private boolean mayChange(String variable) {
    return function
        .variable(variable)
        .filter(v -> v.kind() == Variable.Kind.PARAMETER || v.type().isPointer())
        .isEmpty();
  }

  /** The functions whose result a variable may be. */
  private void calls(String variable, Set<String> names) {
    for (BasicBlock block : function.cfg().blocks()) {
      for (Instruction instruction : block.instructions()) {
        if (instruction instanceof Instruction.Call call
            && call.result().filter(r -> r.root().equals(variable)).isPresent()
            && !model.does(call.name(), Wait.FAMILY, "signal")) {
          names.add(call.name() + "()");
        }
      }
    }
  }

  private static Position position(BasicBlock block) {
    if (block.terminator() instanceof Terminator.Branch branch) {
      return branch.position();
    }
    return block.terminator() instanceof Terminator.Return end
        ? end.position()
        : ((Terminator.Switch) block.terminator()).position();
  }
}

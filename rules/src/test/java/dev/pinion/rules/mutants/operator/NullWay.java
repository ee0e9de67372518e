// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.mutants.operator;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Step;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.ir.Variable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The ways of a pointer that is NULL from where its test is left out: behind the test it goes on as
 * if it were there. What is proved is that on none of them anybody does more with it than test it
 * once more.
 */
final class NullWay {
  /** Nobody comes to the pointer any more. */
  static final String UNUSED = "nothing behind the test uses the pointer or puts a symbol";

  /** It is found out all the same. */
  static final String TESTED_AGAIN =
      "the pointer is tested again, or set anew, before anything behind the test uses it";

  private final Site site;
  private final Function function;
  private final AccessPath pointer;
  private final boolean isOwn;

  /** Whether some way ends with the pointer still NULL and never found out. */
  private boolean endsUnseen;

  /** Whether some way was stopped by another test, or by a new value. */
  private boolean isStopped;

  private NullWay(Site site, AccessPath pointer) {
    this.site = site;
    this.function = site.program().ir(site.function());
    this.pointer = pointer;
    this.isOwn =
        pointer.isVariable()
            && function.variable(pointer.root()).stream()
                .anyMatch(
                    v -> v.kind() == Variable.Kind.LOCAL || v.kind() == Variable.Kind.PARAMETER);
  }

  /**
   * Why no harm is done; empty if that is not proved.
   *
   * @param test the block that ends in the test
   */
  static Optional<String> harmless(Site site, BasicBlock test, AccessPath pointer) {
    return new NullWay(site, pointer).from(test);
  }

  /** A block, and whether the pointer was found out to be NULL on the way there. */
  private record At(int block, boolean isSeen) {}

  private Optional<String> from(BasicBlock test) {
    Terminator.Branch branch = (Terminator.Branch) test.terminator();
    int there = isTrueIfThere(branch.condition()) ? branch.ifTrue() : branch.ifFalse();
    Set<At> seen = new LinkedHashSet<>(Set.of(new At(there, false)));
    Deque<At> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      At at = open.remove();
      BasicBlock block = function.cfg().block(at.block());
      Optional<Boolean> goesOn = passes(block);
      if (goesOn.isEmpty()) {
        return Optional.empty();
      }
      if (!goesOn.get()) {
        isStopped = true;
        continue;
      }
      if (!leave(block, at, seen, open)) {
        return Optional.empty();
      }
    }
    if (endsUnseen && (!isOwn || isCopied())) {
      return Optional.empty(); // Who looks at the place afterwards is not followed.
    }
    return Optional.of(isStopped ? TESTED_AGAIN : UNUSED);
  }

  /** Whether NULL goes on to the block's end; empty if it is used. */
  private Optional<Boolean> passes(BasicBlock block) {
    for (Instruction instruction : block.instructions()) {
      if (isPut(instruction) || uses(instruction)) {
        return Optional.empty();
      }
      Optional<AccessPath> target =
          instruction instanceof Instruction.Assign assign
              ? Optional.of(assign.target())
              : ((Instruction.Call) instruction).result();
      if (target.filter(pointer::equals).isPresent()) {
        return Optional.of(false);
      }
      if (target.filter(t -> pointer.startsWith(t)).isPresent()) {
        return Optional.empty(); // The path leads elsewhere from here on.
      }
    }
    return Optional.of(true);
  }

  /** Adds what comes next; false if the end of the block uses the pointer. */
  private boolean leave(BasicBlock block, At at, Set<At> seen, Deque<At> open) {
    Terminator end = block.terminator();
    if (end instanceof Terminator.Branch branch && isTest(branch.condition())) {
      isStopped = true;
      int next = isTrueIfThere(branch.condition()) ? branch.ifFalse() : branch.ifTrue();
      add(new At(next, true), seen, open);
      return true;
    }
    if (end instanceof Terminator.Branch branch
        && (names(branch.condition().left()) || names(branch.condition().right()))) {
      return false;
    }
    if (end instanceof Terminator.Switch choice && names(choice.value())) {
      return false;
    }
    if (end instanceof Terminator.Return leave) {
      endsUnseen |= !at.isSeen();
      return leave.value().filter(this::names).isEmpty();
    }
    end.successors().forEach(s -> add(new At(s, at.isSeen()), seen, open));
    return true;
  }

  private static void add(At next, Set<At> seen, Deque<At> open) {
    if (seen.add(next)) {
      open.add(next);
    }
  }

  private boolean isTest(Condition condition) {
    return condition.left().equals(new Value.Load(pointer))
        && condition.right().equals(Value.ZERO)
        && (condition.operator() == Condition.Operator.EQ
            || condition.operator() == Condition.Operator.NE);
  }

  private static boolean isTrueIfThere(Condition condition) {
    return condition.operator() == Condition.Operator.NE;
  }

  /** Whether the variable's content is put anywhere else in the function. */
  private boolean isCopied() {
    return function.cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .anyMatch(
            i ->
                i instanceof Instruction.Assign assign
                    && assign.value().equals(new Value.Load(pointer)));
  }

  /** A put needs what the test told, though it does not name the pointer. */
  private boolean isPut(Instruction instruction) {
    return instruction instanceof Instruction.Call call
        && site.program().model().does(call.name(), "object", "symbol-put");
  }

  private boolean uses(Instruction instruction) {
    if (instruction instanceof Instruction.Assign assign) {
      return names(assign.value()) || isThrough(assign.target());
    }
    Instruction.Call call = (Instruction.Call) instruction;
    return call.arguments().stream().anyMatch(this::names)
        || (call.callee() instanceof Instruction.Callee.Indirect member
            && member.path().startsWith(pointer))
        || call.result().filter(this::isThrough).isPresent()
        || (!isOwn && mayReach(call));
  }

  /** Whether a callee may come to the place by another way: it is given what the place is in. */
  private boolean mayReach(Instruction.Call call) {
    return call.arguments().stream()
        .anyMatch(
            a ->
                (a instanceof Value.Load load && pointer.startsWith(load.path()))
                    || (a instanceof Value.AddressOf inside
                        && inside.path().root().equals(pointer.root())
                        && pointer.startsWith(inside.path())));
  }

  private boolean isThrough(AccessPath path) {
    return path.startsWith(pointer) && path.steps().size() > pointer.steps().size();
  }

  private boolean names(Value value) {
    if (value instanceof Value.Load load) {
      return load.path().startsWith(pointer);
    }
    if (value instanceof Value.AddressOf address) {
      return address.path().startsWith(pointer)
          || (address.path().steps().stream().noneMatch(s -> s instanceof Step.Arrow)
              && address.path().root().equals(pointer.root()));
    }
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream().anyMatch(this::names);
    }
    return value instanceof Value.ContainerOf entry && names(entry.inner());
  }
}

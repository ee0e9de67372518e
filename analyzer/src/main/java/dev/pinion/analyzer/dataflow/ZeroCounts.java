// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.model.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Which objects' reference counts have surely dropped to zero: those whose {@code
 * refcount_dec_and_test()} was true on every path. The state maps the object's canonical path to
 * where the count was tested; paths that meet keep what both have.
 */
public final class ZeroCounts implements Analysis<SortedMap<String, Position>> {
  private final Typing typing;
  private final KernelModel model;

  private ZeroCounts(Typing typing, KernelModel model) {
    this.typing = typing;
    this.model = model;
  }

  /** A solved function. */
  public record Result(Solution<SortedMap<String, Position>> solution) {
    /** Where the object's count was seen to be zero, if that is sure at every matching call. */
    public Optional<Position> surelyZero(AccessPath object, Predicate<Instruction.Call> at) {
      List<Optional<Position>> found = new ArrayList<>();
      if (solution.complete()) {
        solution.forEach(
            (block, instruction, before) -> {
              if (instruction instanceof Instruction.Call call && at.test(call)) {
                found.add(Optional.ofNullable(before.get(object.toString())));
              }
            });
      }
      return found.isEmpty() || found.stream().anyMatch(Optional::isEmpty)
          ? Optional.empty()
          : found.get(0);
    }
  }

  public static Result solve(Function function, Typing typing, KernelModel model) {
    return new Result(Solver.forward(function.cfg(), new ZeroCounts(typing, model)));
  }

  @Override
  public SortedMap<String, Position> entry() {
    return new TreeMap<>();
  }

  @Override
  public SortedMap<String, Position> join(
      SortedMap<String, Position> left, SortedMap<String, Position> right) {
    return LockState.common(left, right);
  }

  @Override
  public SortedMap<String, Position> after(
      Instruction instruction, SortedMap<String, Position> before) {
    if (before.isEmpty()
        || !(instruction instanceof Instruction.Assign assign)
        || !assign.target().isVariable()) {
      return before;
    }
    SortedMap<String, Position> kept = new TreeMap<>(before);
    String root = assign.target().root();
    kept.keySet().removeIf(p -> p.equals(root) || p.startsWith(root + "->"));
    return kept;
  }

  @Override
  public SortedMap<String, Position> along(
      Terminator terminator, int successor, SortedMap<String, Position> state) {
    if (!(terminator instanceof Terminator.Branch branch)
        || !(branch.condition().left() instanceof Value.Load load)
        || !branch.condition().right().equals(Value.ZERO)
        || branch.ifTrue() == branch.ifFalse()) {
      return state;
    }
    boolean nonZero =
        branch.condition().operator() == Condition.Operator.NE
            ? successor == branch.ifTrue()
            : branch.condition().operator() == Condition.Operator.EQ
                && successor == branch.ifFalse();
    Optional<Instruction.Call> test =
        typing.definition(load.path().root()).flatMap(this::countTest);
    if (!nonZero || test.isEmpty()) {
      return state;
    }
    SortedMap<String, Position> more = new TreeMap<>(state);
    counted(test.get()).ifPresent(o -> more.put(o.toString(), test.get().position()));
    return more;
  }

  private Optional<Instruction.Call> countTest(Instruction definition) {
    return definition instanceof Instruction.Call call
            && model.find("object", call.name()).filter(a -> a.is("test")).isPresent()
        ? Optional.of(call)
        : Optional.empty();
  }

  private Optional<AccessPath> counted(Instruction.Call call) {
    Value counter = typing.canonical(call.arguments().get(0));
    return counter instanceof Value.AddressOf address
        ? Optional.of(address.path().holder())
        : Optional.empty();
  }
}

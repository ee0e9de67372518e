// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether an object is surely still private to the function that allocated it. */
final class Publication implements Analysis<Publication.State> {
  /** What is known of the object on all paths. */
  enum State {
    /** Allocated on this path and given to nobody. */
    PRIVATE,
    /** Anything else. */
    UNKNOWN
  }

  private final Program program;
  private final AccessPath object;

  private Publication(Program program, AccessPath object) {
    this.program = program;
    this.object = object;
  }

  /** Where the removed object was allocated, if it is surely private at the removal. */
  static Optional<Position> notYet(Removal removal) {
    AccessPath object = removal.object();
    if (!object.isVariable()) {
      return Optional.empty();
    }
    Optional<Instruction> allocation =
        removal.typing().definition(object.root()).filter(d -> allocates(removal.program(), d));
    if (allocation.isEmpty()) {
      return Optional.empty();
    }
    Publication analysis = new Publication(removal.program(), object);
    Solution<State> solution = Solver.forward(removal.function().cfg(), analysis);
    List<State> before = new ArrayList<>();
    solution.forEach(
        (block, instruction, state) -> {
          if (instruction.equals(removal.call())) {
            before.add(state);
          }
        });
    boolean isPrivate =
        solution.complete()
            && !before.isEmpty()
            && before.stream().allMatch(s -> s == State.PRIVATE);
    return isPrivate ? Optional.of(allocation.get().position()) : Optional.empty();
  }

  private static boolean allocates(Program program, Instruction instruction) {
    return instruction instanceof Instruction.Call call
        && program.model().does(call.name(), "object", "alloc");
  }

  @Override
  public State entry() {
    return State.UNKNOWN;
  }

  @Override
  public State join(State left, State right) {
    return left == right ? left : State.UNKNOWN;
  }

  @Override
  public State after(Instruction instruction, State before) {
    if (instruction instanceof Instruction.Assign assign) {
      return mentions(assign.value()) && !assign.target().isVariable() ? State.UNKNOWN : before;
    }
    Instruction.Call call = (Instruction.Call) instruction;
    boolean assigned = call.result().filter(object::equals).isPresent();
    if (assigned) {
      return allocates(program, call) ? State.PRIVATE : State.UNKNOWN;
    }
    return call.arguments().stream().anyMatch(this::mentions) && mayPublish(call)
        ? State.UNKNOWN
        : before;
  }

  /** Locks and removals are handed the object and keep it to themselves. */
  private boolean mayPublish(Instruction.Call call) {
    return program.model().find("lock", call.name()).isEmpty()
        && !program.model().does(call.name(), "list", "delete", "delete-init");
  }

  private boolean mentions(Value value) {
    if (value instanceof Value.Load load) {
      return load.path().equals(object);
    }
    if (value instanceof Value.AddressOf address) {
      return address.path().startsWith(object);
    }
    if (value instanceof Value.Compound compound) {
      return compound.operands().stream().anyMatch(this::mentions);
    }
    return value instanceof Value.ContainerOf entry && mentions(entry.inner());
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.dataflow.Typing;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.model.Api;
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

  /** Where the object was allocated, if it is surely private at the removal. */
  static Optional<Position> notYet(Update update, AccessPath object) {
    return notYet(update.program(), update.function(), update.typing(), update.call(), object);
  }

  /** Where the object was allocated, if it is surely private at an instruction. */
  static Optional<Position> notYet(
      Program program, Function function, Typing typing, Instruction at, AccessPath object) {
    if (!object.isVariable()) {
      return Optional.empty();
    }
    Optional<Instruction> allocation =
        typing.definition(object.root()).filter(d -> allocates(program, d));
    if (allocation.isEmpty()) {
      return Optional.empty();
    }
    Publication analysis = new Publication(program, object);
    Solution<State> solution = Solver.forward(function.cfg(), analysis);
    List<State> before = new ArrayList<>();
    solution.forEach(
        (block, instruction, state) -> {
          if (instruction.equals(at)) {
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
    return mayPublish(call) ? State.UNKNOWN : before;
  }

  /**
   * Whether the call hands the object to somebody. Locks, removals and initialisers keep it to
   * themselves; an insertion publishes the node it inserts, not the owner of the list.
   */
  private boolean mayPublish(Instruction.Call call) {
    Optional<Api> list = program.model().find("list", call.name());
    if (list.isPresent() && list.get().does("list", "insert", "replace")) {
      int node = list.get().argument("node");
      int fresh = list.get().argument("new");
      return mentions(call, node) || mentions(call, fresh);
    }
    return list.isEmpty()
        && program.model().find("lock", call.name()).isEmpty()
        && !program.model().does(call.name(), "object", "count-init", "free")
        && call.arguments().stream().anyMatch(this::mentions);
  }

  private boolean mentions(Instruction.Call call, int argument) {
    return argument >= 0
        && argument < call.arguments().size()
        && mentions(call.arguments().get(argument));
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

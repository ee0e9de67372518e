// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.dataflow.Solution;
import dev.pinion.analyzer.dataflow.Solver;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.GracePeriods;
import dev.pinion.analyzer.model.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether, on every path to a removal, something was made unreachable with an RCU primitive and
 * then a grace period was waited for: the order that {@code Documentation/RCU/whatisRCU.rst} calls
 * removal and reclamation. What a plain {@code list_del} does after that no old reader sees.
 */
final class GraceBefore implements Analysis<GraceBefore.State> {
  /**
   * How far a path has come.
   *
   * @param unpublished where something was last made unreachable; unknown if nothing was
   * @param waited where a grace period was waited for after that
   */
  record State(Position unpublished, Position waited) {
    static final State START = new State(Position.UNKNOWN, Position.UNKNOWN);
  }

  private final Removal removal;

  private GraceBefore(Removal removal) {
    this.removal = removal;
  }

  /** The two places, if every path to the removal has passed both in this order. */
  static Optional<State> surely(Removal removal) {
    Solution<State> solution = Solver.forward(removal.function().cfg(), new GraceBefore(removal));
    List<State> before = new ArrayList<>();
    solution.forEach(
        (block, instruction, state) -> {
          if (instruction.equals(removal.call())) {
            before.add(state);
          }
        });
    boolean sure =
        solution.complete()
            && !before.isEmpty()
            && before.stream().noneMatch(s -> s.waited().equals(Position.UNKNOWN));
    return sure ? Optional.of(before.get(0)) : Optional.empty();
  }

  @Override
  public State entry() {
    return State.START;
  }

  @Override
  public State join(State left, State right) {
    if (left.equals(right)) {
      return left;
    }
    boolean bothWaited =
        !left.waited().equals(Position.UNKNOWN) && !right.waited().equals(Position.UNKNOWN);
    if (bothWaited) {
      return left.waited().compareTo(right.waited()) <= 0 ? left : right;
    }
    boolean bothUnpublished =
        !left.unpublished().equals(Position.UNKNOWN)
            && !right.unpublished().equals(Position.UNKNOWN);
    return bothUnpublished
        ? new State(
            left.unpublished().compareTo(right.unpublished()) <= 0
                ? left.unpublished()
                : right.unpublished(),
            Position.UNKNOWN)
        : State.START;
  }

  @Override
  public State after(Instruction instruction, State before) {
    if (!(instruction instanceof Instruction.Call call)) {
      return before;
    }
    if (inserts(call)) {
      return State.START;
    }
    if (unpublishes(call)) {
      return new State(call.position(), Position.UNKNOWN);
    }
    boolean waits =
        !before.unpublished().equals(Position.UNKNOWN)
            && before.waited().equals(Position.UNKNOWN)
            && GracePeriods.of(removal.program()).waits(removal.ref(), call);
    return waits ? new State(before.unpublished(), call.position()) : before;
  }

  /** The node is put back where readers may find it. */
  private boolean inserts(Instruction.Call call) {
    Optional<Api> api = removal.program().model().find("list", call.name());
    int node = api.map(a -> a.argument("node")).orElse(-1);
    return api.isPresent()
        && api.get().is("rcu")
        && api.get().operation().equals("insert")
        && node < call.arguments().size()
        && removal
            .typing()
            .canonical(call.arguments().get(node))
            .equals(new Value.AddressOf(removal.node()));
  }

  private boolean unpublishes(Instruction.Call call) {
    Optional<Api> list = removal.program().model().find("list", call.name());
    if (list.isPresent() && list.get().is("unlink")) {
      return true;
    }
    Optional<Api> rcu = removal.program().model().find("rcu", call.name());
    return rcu.isPresent()
        && rcu.get().operation().equals("publish")
        && rcu.get().argument("value") < call.arguments().size()
        && call.arguments().get(rcu.get().argument("value")).equals(Value.ZERO);
  }
}

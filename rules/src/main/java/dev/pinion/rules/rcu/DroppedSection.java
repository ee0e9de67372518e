// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.dataflow.Analysis;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.model.KernelModel;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * What happens to the entry of a walk from one round to the next: whether the section was left, and
 * whether a reference has held the entry all the while. Of two paths the one on which less holds
 * it.
 *
 * <pre>
 *     left, held by nobody
 *              |
 *     left, given back before the section was open again
 *              |
 *     left, perhaps held
 *              |
 *     left, held
 *              |
 *         not left
 * </pre>
 */
final class DroppedSection implements Analysis<DroppedSection.State> {
  /** How surely the entry is held. */
  enum Hold {
    HELD,
    PERHAPS,
    GIVEN_BACK,
    NOBODY
  }

  /**
   * Since the entry was chosen.
   *
   * @param left where the section was left; empty if it was not
   * @param hold how it is held
   * @param isOut whether it is not open again yet
   */
  record State(Optional<Position> left, Hold hold, boolean isOut) {
    static final State FRESH = new State(Optional.empty(), Hold.NOBODY, false);
  }

  private final KernelModel model;
  private final References references;
  private final Instruction.Call walk;
  private final Set<Position> endings;
  private final Set<String> derived;
  private final IdentityHashMap<Terminator, Integer> blocks = new IdentityHashMap<>();
  private final Set<Integer> heads = new HashSet<>();

  /**
   * @param walk the iterator
   * @param endings where the last open section is left
   */
  DroppedSection(
      KernelModel model,
      References references,
      Function function,
      Instruction.Call walk,
      Set<Position> endings) {
    this.model = model;
    this.references = references;
    this.walk = walk;
    this.endings = Set.copyOf(endings);
    this.derived = References.derived(function, walk.result().orElseThrow().root());
    for (BasicBlock block : function.cfg().blocks()) {
      blocks.put(block.terminator(), block.id());
      if (block.instructions().contains(walk)) {
        heads.add(block.id());
      }
    }
  }

  @Override
  public State entry() {
    return State.FRESH;
  }

  @Override
  public State join(State left, State right) {
    if (left.left().isPresent() != right.left().isPresent()) {
      return left.left().isPresent() ? left : right;
    }
    int order = left.hold().compareTo(right.hold());
    State worse = order >= 0 ? left : right;
    Optional<Position> first =
        left.left().isPresent() && left.left().get().compareTo(right.left().orElseThrow()) > 0
            ? right.left()
            : left.left();
    // Without a section left, less is held where less is held on one path.
    return new State(first, worse.hold(), left.isOut() || right.isOut());
  }

  @Override
  public State after(Instruction instruction, State before) {
    String cursor = walk.result().orElseThrow().root();
    if (instruction.equals(walk)) {
      return State.FRESH;
    }
    if (instruction instanceof Instruction.Assign assign) {
      return assign.target().isVariable() && assign.target().root().equals(cursor)
          ? State.FRESH
          : before;
    }
    Instruction.Call call = (Instruction.Call) instruction;
    if (call.result().filter(r -> r.isVariable() && r.root().equals(cursor)).isPresent()) {
      return State.FRESH;
    }
    if (endings.contains(call.position()) && model.does(call.name(), "rcu", "leave")) {
      return new State(before.left().or(() -> Optional.of(call.position())), before.hold(), true);
    }
    if (model.does(call.name(), "rcu", "enter")) {
      return new State(before.left(), before.hold(), false);
    }
    return switch (references.of(call, cursor)) {
      case TAKES -> before.isOut() ? before : new State(before.left(), Hold.HELD, before.isOut());
      case GIVES_BACK -> before.isOut() ? new State(before.left(), Hold.GIVEN_BACK, true) : before;
      case UNKNOWN ->
          before.left().isEmpty() && before.hold() == Hold.NOBODY
              ? new State(before.left(), Hold.PERHAPS, before.isOut())
              : before;
      case NONE -> mayKeep(call, before) ? new State(before.left(), Hold.PERHAPS, false) : before;
    };
  }

  /** Whether a reference to something that came from the entry may be taken while it is kept. */
  private boolean mayKeep(Instruction.Call call, State before) {
    return before.left().isEmpty()
        && before.hold() == Hold.NOBODY
        && derived.stream()
            .map(v -> references.of(call, v))
            .anyMatch(e -> e == References.Effect.TAKES || e == References.Effect.UNKNOWN);
  }

  /** A walk that is begun again from outside of its loop goes on from nowhere. */
  @Override
  public State along(Terminator terminator, int successor, State state) {
    Integer from = blocks.get(terminator);
    return heads.contains(successor) && from != null && from < successor ? State.FRESH : state;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How a basic block ends. */
public sealed interface Terminator {
  /** The ids of the blocks that may follow, in source order, without repetition. */
  List<Integer> successors();

  /** On to one block. */
  record Jump(int target) implements Terminator {
    @Override
    public List<Integer> successors() {
      return List.of(target);
    }
  }

  /** To {@code ifTrue} when the condition holds, else to {@code ifFalse}. */
  record Branch(Condition condition, int ifTrue, int ifFalse, Position position)
      implements Terminator {
    @Override
    public List<Integer> successors() {
      return ifTrue == ifFalse ? List.of(ifTrue) : List.of(ifTrue, ifFalse);
    }
  }

  /**
   * Whether a loop macro goes round once more; the block's last instruction is its ITERATOR call.
   */
  record Iterate(int body, int exit, Position position) implements Terminator {
    @Override
    public List<Integer> successors() {
      return List.of(body, exit);
    }
  }

  /** A switch; ranges and unresolvable labels have no constant. */
  record Switch(Value value, List<Case> cases, int otherwise, Position position)
      implements Terminator {
    public Switch {
      cases = List.copyOf(cases);
    }

    @Override
    public List<Integer> successors() {
      List<Integer> all = new ArrayList<>();
      for (Case c : cases) {
        if (!all.contains(c.target())) {
          all.add(c.target());
        }
      }
      if (!all.contains(otherwise)) {
        all.add(otherwise);
      }
      return all;
    }
  }

  /** One label of a switch. */
  record Case(OptionalLong constant, int target) {}

  /** Leaves the function. */
  record Return(Optional<Value> value, Position position) implements Terminator {
    @Override
    public List<Integer> successors() {
      return List.of();
    }
  }

  /** Never passed: after a call that does not return. */
  record Unreachable() implements Terminator {
    @Override
    public List<Integer> successors() {
      return List.of();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Branches;
import dev.pinion.analyzer.dataflow.Interest;
import dev.pinion.analyzer.dataflow.PathFacts;
import dev.pinion.analyzer.ir.BasicBlock;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.rules.pin.LeakStand.Fate;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which branches a path can take, and what it knows then. */
record LeakBranches(LeakSite site, Interest interest) {
  /** The path that goes on to a block; empty if it cannot. */
  Optional<LeakStand> along(Terminator terminator, int successor, LeakStand before) {
    boolean leavesLoop =
        site.kind() == LeakSite.Kind.LOOP
            && before.block() == site.block()
            && terminator instanceof Terminator.Iterate iterate
            && successor == iterate.exit();
    if (leavesLoop) {
      return Optional.empty();
    }
    Optional<PathFacts> learned =
        isDecidedOtherwise(terminator, successor, before.facts())
                || isErrorOfObject(terminator, successor, before)
            ? Optional.empty()
            : Branches.along(terminator, successor, before.facts());
    if (learned.isEmpty()) {
      return Optional.empty();
    }
    if (isOtherName(terminator, successor, before)) {
      return Optional.of(before.at(successor).ending(Fate.HANDED_OVER));
    }
    Value tested =
        terminator instanceof Terminator.Branch branch
            ? Branches.tested(branch.condition()).orElse(branch.condition().left())
            : terminator instanceof Terminator.Switch choice ? choice.value() : Value.ZERO;
    boolean remembers =
        interest.in(tested) || isVariable(tested) || before.isOfLent(before.facts().value(tested));
    return Optional.of((remembers ? before.with(learned.get()) : before).at(successor));
  }

  /** Whether a comparison of two numbers that are known goes the other way. */
  private static boolean isDecidedOtherwise(Terminator terminator, int successor, PathFacts facts) {
    if (!(terminator instanceof Terminator.Branch branch) || branch.ifTrue() == branch.ifFalse()) {
      return false;
    }
    OptionalLong left = facts.known(facts.value(branch.condition().left())).equal();
    OptionalLong right = facts.known(facts.value(branch.condition().right())).equal();
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    boolean holds = branch.condition().operator().holds(left.getAsLong(), right.getAsLong());
    return holds != (successor == branch.ifTrue());
  }

  /** {@code PTR_ERR(p) == -ENOENT}: what is held is no error. */
  private static boolean isErrorOfObject(Terminator terminator, int successor, LeakStand before) {
    return terminator instanceof Terminator.Branch branch
        && before.isHeld()
        && branch.condition().left() instanceof Value.Compound error
        && error.operator().equals("PTR_ERR")
        && before.facts().value(error.operands().get(0)).equals(before.object())
        && successor
            == switch (branch.condition().operator()) {
              case EQ -> branch.ifTrue();
              case NE -> branch.ifFalse();
              default -> -1;
            };
  }

  /** Whether the object turns out to be one that is known by another name as well. */
  private static boolean isOtherName(Terminator terminator, int successor, LeakStand before) {
    if (!(terminator instanceof Terminator.Branch branch) || !before.isHeld()) {
      return false;
    }
    Condition condition =
        successor == branch.ifTrue() ? branch.condition() : branch.condition().negated();
    String left = before.facts().value(condition.left());
    String right = before.facts().value(condition.right());
    return condition.operator() == Condition.Operator.EQ
        && (left.equals(before.object()) || right.equals(before.object()))
        && !(condition.left() instanceof Value.Constant)
        && !(condition.right() instanceof Value.Constant);
  }

  /** The variables that are tested: what is known of them is worth remembering. */
  static Set<String> tested(Function body) {
    Set<String> all = new HashSet<>();
    for (BasicBlock block : body.cfg().blocks()) {
      if (block.terminator() instanceof Terminator.Branch branch) {
        Branches.tested(branch.condition())
            .filter(LeakBranches::isVariable)
            .ifPresent(v -> all.add(((Value.Load) v).path().root()));
      }
    }
    return all;
  }

  private static boolean isVariable(Value value) {
    return value instanceof Value.Load load
        && load.path().isVariable()
        && !load.path().isTemporary();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.dataflow.Forks;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.Program;
import dev.pinion.rules.pin.LeakStand.Fate;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Why a path that leaves with a reference may be meant to. */
record LeakDoubt(Program program, LeakSite site, LeakWalk walk, Function body) {
  private static final String KEPT =
      "the path does not fail: who is given the object on it may have kept it";

  /** Empty if one of the ways is a leak without a doubt. */
  Optional<String> of(List<Forks.Way<LeakStand>> all) {
    LentDoubt lent = new LentDoubt(program, site, walk, body.cfg());
    List<Forks.Way<LeakStand>> ways = all.stream().filter(w -> lent.of(w).isEmpty()).toList();
    if (ways.isEmpty()) {
      return all.stream().flatMap(w -> lent.of(w).stream()).findFirst();
    }
    boolean mayKeep = ways.stream().allMatch(w -> isLent(w) && !fails(w));
    if (site.kind() == LeakSite.Kind.LOOP) {
      return mayKeep ? Optional.of(KEPT) : Optional.empty();
    }
    if (site.kind() == LeakSite.Kind.COUNTED) {
      return Optional.of("it may be counted for somebody who runs later");
    }
    if (site.kind() == LeakSite.Kind.LIKELY) {
      return Optional.of("the body of " + site.text() + " does not show that it always takes one");
    }
    if (ways.stream().allMatch(w -> w.end().fate() == Fate.TAKEN_AGAIN)) {
      return Optional.of("whether it comes here twice is not known");
    }
    return ways.stream().anyMatch(this::fails) || ways.stream().anyMatch(this::isForgotten)
        ? Optional.empty()
        : Optional.of("the path does not fail: it may leave the reference to somebody else");
  }

  private boolean fails(Forks.Way<LeakStand> way) {
    return walk.outcome(way.end()) == LeakWalk.Outcome.FAILS;
  }

  private static boolean isLent(Forks.Way<LeakStand> way) {
    return !way.end().lent().isEmpty();
  }

  /**
   * Whether nobody can put it any more: the pointer is a local one, which the path has stored
   * nowhere and the function cannot return in any form, and who goes this way has surely looked it
   * up. What a relative of the object tells may say what kind of object it is; and where the
   * function writes to the object, that may say that the object owns the reference now.
   */
  private boolean isForgotten(Forks.Way<LeakStand> way) {
    return way.end().fate() == Fate.HELD
        && !isLent(way)
        && !body.returnType().isPointer()
        && isSurelyTakenBefore(way.branch())
        && !writesToObject()
        && !asksRelative(body.cfg().block(way.branch()).terminator());
  }

  /** Whether the function assigns a member of the object, or passes the address of one. */
  private boolean writesToObject() {
    String object = site.call().result().map(AccessPath::root).orElse("");
    return body.cfg().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .anyMatch(
            i ->
                i instanceof Instruction.Assign assign
                    ? isWithin(assign.target(), object)
                    : ((Instruction.Call) i)
                        .arguments().stream()
                            .anyMatch(
                                a ->
                                    a instanceof Value.AddressOf address
                                        && isWithin(address.path(), object)));
  }

  private static boolean isWithin(AccessPath path, String object) {
    return path.root().equals(object) && !path.isVariable();
  }

  private boolean asksRelative(Terminator terminator) {
    Optional<AccessPath> variable = site.call().result();
    return !(terminator instanceof Terminator.Branch branch)
        || (variable.isPresent() && asksRelative(branch.condition(), variable.get()));
  }

  private boolean asksRelative(Condition condition, AccessPath variable) {
    return condition.right().equals(Value.ZERO)
        && isOf(condition.left(), variable)
        && isPointer(condition.left());
  }

  /** A variable of somewhere else may be anything. */
  private boolean isPointer(Value value) {
    return body.variable(((Value.Load) value).path().root())
        .map(v -> v.type().isPointer())
        .orElse(true);
  }

  /** Whether a value is what some call gave that was passed the variable. */
  private boolean isOf(Value value, AccessPath variable) {
    return value instanceof Value.Load load
        && load.path().isVariable()
        && body.cfg().blocks().stream()
            .flatMap(b -> b.instructions().stream())
            .anyMatch(
                i ->
                    i instanceof Instruction.Call call
                        && call.arguments().contains(new Value.Load(variable))
                        && call.result().filter(r -> gives(r, load.path())).isPresent());
  }

  private boolean gives(AccessPath result, AccessPath wanted) {
    return result.equals(wanted)
        || body.cfg().blocks().stream()
            .flatMap(b -> b.instructions().stream())
            .anyMatch(
                i ->
                    i instanceof Instruction.Assign assign
                        && assign.target().equals(wanted)
                        && assign.value().equals(new Value.Load(result)));
  }

  /** Whether no path comes to a block without having taken the reference. */
  private boolean isSurelyTakenBefore(int block) {
    BitSet without = new BitSet();
    Deque<Integer> work = new ArrayDeque<>();
    if (site.block() != 0) {
      work.add(0);
      without.set(0);
    }
    while (!work.isEmpty()) {
      for (int next : body.cfg().block(work.remove()).terminator().successors()) {
        if (next != site.block() && !without.get(next)) {
          without.set(next);
          work.add(next);
        }
      }
    }
    return block >= 0 && !without.get(block);
  }
}

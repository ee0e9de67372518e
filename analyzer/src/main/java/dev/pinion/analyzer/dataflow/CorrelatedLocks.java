// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.ir.Instruction;
import dev.pinion.analyzer.ir.Terminator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Locks of a function in which a lock is taken under a condition and given back, or needed, under
 * the same: paths that hold different locks are kept apart, each group with what its paths have
 * tested, until a test tells that a group cannot go on (property simulation: Das, Lerner, Seigle,
 * ESP, PLDI 2002). Paths that hold the same locks are one group.
 *
 * <p>Only where paths with different locks meet is this more than {@link LockAnalysis} alone, which
 * is tried first. More than {@value #MAX_GROUPS} groups become one that holds what all hold.
 */
public final class CorrelatedLocks {
  private static final int MAX_GROUPS = 6;

  private CorrelatedLocks() {}

  /** The function's locks; for every block what is held on all paths that can come there. */
  public static Solution<LockState> solve(Function function, LockAnalysis locks) {
    Meetings meetings = new Meetings(locks);
    Solution<LockState> plain = Solver.forward(function.cfg(), meetings);
    Solution<LockState> simple =
        new Solution<>(plain.cfg(), locks, plain.entries(), plain.complete());
    if (!plain.complete() || !meetings.differ) {
      return simple;
    }
    Solution<Groups> groups = Solver.forward(function.cfg(), new Apart(locks));
    return groups.complete()
        ? new Solution<>(
            function.cfg(),
            locks,
            groups.entries().stream().map(g -> g.flatMap(Groups::common)).toList(),
            /* complete= */ true)
        : simple;
  }

  /** Locks alone, and whether paths that hold different ones meet. */
  private static final class Meetings implements Analysis<LockState> {
    private final LockAnalysis locks;
    private boolean differ;

    Meetings(LockAnalysis locks) {
      this.locks = locks;
    }

    @Override
    public LockState entry() {
      return locks.entry();
    }

    @Override
    public LockState join(LockState left, LockState right) {
      if (left.equals(right)) {
        return left;
      }
      differ = differ || !Shape.of(left).equals(Shape.of(right));
      return locks.join(left, right);
    }

    @Override
    public LockState after(Instruction instruction, LockState before) {
      return locks.after(instruction, before);
    }

    @Override
    public LockState along(Terminator terminator, int successor, LockState state) {
      return locks.along(terminator, successor, state);
    }
  }

  /** What tells groups apart: which locks are held, given back or hang on a result. */
  private record Shape(
      Set<String> locks,
      Set<String> sections,
      Set<Map.Entry<String, LockState.Pending>> pending,
      Set<String> released,
      Set<String> left) {
    static Shape of(LockState state) {
      return new Shape(
          state.locks().keySet(),
          state.sections().keySet(),
          state.pending().entrySet(),
          state.released().keySet(),
          state.left().keySet());
    }
  }

  /** Paths that hold the same locks. */
  private record Group(LockState locks, TestedValues tested) {
    Group meet(Group other) {
      return new Group(locks.meet(other.locks), tested.meet(other.tested));
    }
  }

  /** All paths to one place; none if nothing comes there. */
  private record Groups(Map<Shape, Group> byShape) {
    static Groups of(List<Group> all) {
      Map<Shape, Group> groups = new LinkedHashMap<>();
      all.forEach(g -> groups.merge(Shape.of(g.locks()), g, Group::meet));
      if (groups.size() <= MAX_GROUPS) {
        return new Groups(groups);
      }
      Group one = groups.values().stream().reduce(Group::meet).orElseThrow();
      return new Groups(Map.of(Shape.of(one.locks()), one));
    }

    /**
     * What all groups hold. A lock that only some may have taken is the function's own to give back
     * if it is so for each of the others as well.
     */
    Optional<LockState> common() {
      return byShape.values().stream()
          .map(Group::locks)
          .reduce(LockState::meet)
          .map(all -> all.owning(end -> byShape.values().stream().allMatch(g -> isOwn(end, g))));
    }

    /**
     * Whether what a group gives back has been taken on its own paths, or on those of another group
     * from which no tested variable tells it apart: then it is a condition that was not followed
     * which does, and the group is of paths that nobody goes.
     */
    boolean isOwn(LockState.End ended, Group group) {
      return byShape.values().stream()
          .anyMatch(
              other -> other.locks().mayEnd(ended) && !other.tested().contradicts(group.tested()));
    }
  }

  /** Locks with paths that hold different ones kept apart. */
  private static final class Apart implements Analysis<Groups> {
    private final LockAnalysis locks;

    Apart(LockAnalysis locks) {
      this.locks = locks;
    }

    @Override
    public Groups entry() {
      return Groups.of(List.of(new Group(locks.entry(), TestedValues.NOTHING)));
    }

    @Override
    public Groups join(Groups left, Groups right) {
      List<Group> all = new ArrayList<>(left.byShape().values());
      all.addAll(right.byShape().values());
      return Groups.of(all);
    }

    /** Most instructions leave all groups the very same. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public Groups after(Instruction instruction, Groups before) {
      List<Group> all = new ArrayList<>(before.byShape().size());
      boolean same = true;
      for (Group group : before.byShape().values()) {
        LockState locksAfter =
            locks
                .after(instruction, group.locks())
                .withoutEnds(group.locks(), ended -> before.isOwn(ended, group));
        Group next = new Group(locksAfter, group.tested().after(instruction));
        same &= next.locks() == group.locks() && next.tested() == group.tested();
        all.add(next);
      }
      return same ? before : Groups.of(all);
    }

    /** Where no group can go on, what is known of the values is wrong, and all of them do. */
    @Override
    public Groups along(Terminator terminator, int successor, Groups state) {
      List<Group> can = new ArrayList<>();
      for (Group group : state.byShape().values()) {
        LockState there = locks.along(terminator, successor, group.locks());
        group.tested().along(terminator, successor).ifPresent(t -> can.add(new Group(there, t)));
      }
      if (can.isEmpty()) {
        state.byShape().values().stream()
            .map(
                g -> new Group(locks.along(terminator, successor, g.locks()), TestedValues.NOTHING))
            .forEach(can::add);
      }
      return Groups.of(can);
    }
  }
}

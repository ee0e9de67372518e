// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * What a call leaves behind once it has returned: a lock taken and kept, surely or maybe, one given
 * back that was not taken in the callee, a read-side section entered or left. Told in terms of the
 * callee's parameters, so that it can be applied at any call of it.
 *
 * @param kind what happens
 * @param lock the lock; {@link Place#NONE} for sections
 * @param mode who else may hold the lock
 * @param flavour the section's flavour as in {@link Section}; empty for locks
 * @param when for what results of the call; what ends, ends whatever the result
 */
public record LockEffect(Kind kind, Place lock, HeldLock.Mode mode, String flavour, When when) {
  /** What happens. */
  public enum Kind {
    ACQUIRE,
    RELEASE,
    ENTER,
    LEAVE,
    /** May leave the lock held, or the section open, under a condition that no result tells. */
    MAYBE
  }

  /** Which results of a call mean that a lock was taken. */
  public enum When {
    ALWAYS,
    NON_ZERO,
    ZERO
  }

  /**
   * A place as the callee names it.
   *
   * @param parameter the parameter that the path starts from, or -1 for a global
   * @param global the global's name, if it is one; {@code name@file} if it is another file's static
   * @param steps the steps from there
   */
  public record Place(int parameter, String global, List<Step> steps) {
    public static final Place NONE = new Place(-1, "", List.of());

    public Place {
      steps = List.copyOf(steps);
    }

    /** Whether it is a variable that only the callee's file can name. */
    boolean isElsewhere() {
      return global.indexOf('@') >= 0;
    }
  }

  /** The steps from a pointer to a member of what it points to; a dotted name leads further in. */
  public static List<Step> members(String name) {
    List<Step> steps = new ArrayList<>();
    for (String part : name.split("\\.", -1)) {
      steps.add(steps.isEmpty() ? new Step.Arrow(part) : new Step.Dot(part));
    }
    return steps;
  }

  /** Whether it is about a read-side section, and not about a lock. */
  public boolean isOfSection() {
    return !flavour.isEmpty();
  }

  /** Whether it ends what may have been held before. */
  public boolean isEnd() {
    return kind == Kind.RELEASE || kind == Kind.LEAVE;
  }
}

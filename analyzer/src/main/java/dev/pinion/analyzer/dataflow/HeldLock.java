// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Position;
import java.util.Optional;

/**
 * A lock that is held.
 *
 * @param name identity within the function: the canonical path's text, or a global lock's name
 * @param path the lock's place; empty for a global lock that is known by name only
 * @param mode who else may hold it
 * @param claim how it is known
 * @param position where it was taken or asserted
 */
public record HeldLock(
    String name, Optional<AccessPath> path, Mode mode, Claim claim, Position position) {
  /** Who else may hold a lock at the same time. */
  public enum Mode {
    SHARED,
    EXCLUSIVE
  }

  /** How it is known that a lock is held. */
  public enum Claim {
    /** The function takes it. */
    TAKEN,
    /** A callee may have taken it, under a condition of its own. */
    LEFT_MAYBE,
    /** The function demands that its callers hold it ({@code lockdep_assert_held()}). */
    ASSERTED
  }

  static HeldLock global(String name, Mode mode, Claim claim, Position position) {
    return new HeldLock(name, Optional.empty(), mode, claim, position);
  }

  static HeldLock at(AccessPath place, Mode mode, Claim claim, Position position) {
    return new HeldLock(place.toString(), Optional.of(place), mode, claim, position);
  }

  /** The same lock under another name. */
  HeldLock called(String other) {
    return new HeldLock(other, path, mode, claim, position);
  }

  /** The same lock, known in another way. */
  HeldLock claimed(Claim other) {
    return new HeldLock(name, path, mode, other, position);
  }

  /** This lock as far as both say the same of it; of equal ones, this. */
  HeldLock weakest(HeldLock other) {
    Mode common = mode == Mode.SHARED ? mode : other.mode;
    Claim sure = claim == Claim.ASSERTED ? claim : other.claim;
    return common == mode && sure == claim
        ? this
        : new HeldLock(name, path, common, sure, position);
  }

  /** Whether one held like this keeps one held like that out. */
  public boolean excludes(HeldLock other) {
    return mode == Mode.EXCLUSIVE || other.mode == Mode.EXCLUSIVE;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Position;
import java.util.Optional;

/**
 * A lock that is held.
 *
 * @param name identity within the function: the canonical path's text, or a global lock's name
 * @param path the lock's place, or the object's whose own lock it is; empty for a global lock that
 *     is known by name only
 * @param subject what the path names
 * @param mode who else may hold it
 * @param claim how it is known
 * @param position where it was taken or asserted
 */
public record HeldLock(
    String name,
    Optional<AccessPath> path,
    Subject subject,
    Mode mode,
    Claim claim,
    Position position) {
  /** What a lock is known by. */
  public enum Subject {
    /** The place of the lock itself. */
    PLACE,
    /** An object that has one lock of its own, as in {@code lock_sock(sk)}. */
    OBJECT
  }

  /** Who else may hold a lock at the same time. */
  public enum Mode {
    SHARED,
    EXCLUSIVE
  }

  /** How it is known that a lock is held. */
  public enum Claim {
    /** The function takes it. */
    TAKEN,
    /** The function demands that its callers hold it ({@code lockdep_assert_held()}). */
    ASSERTED
  }

  static HeldLock global(String name, Mode mode, Claim claim, Position position) {
    return new HeldLock(name, Optional.empty(), Subject.PLACE, mode, claim, position);
  }

  static HeldLock at(AccessPath place, Mode mode, Claim claim, Position position) {
    return new HeldLock(place.toString(), Optional.of(place), Subject.PLACE, mode, claim, position);
  }

  static HeldLock of(AccessPath object, Mode mode, Claim claim, Position position) {
    return new HeldLock(
        "lock of " + object, Optional.of(object), Subject.OBJECT, mode, claim, position);
  }

  /** Whether one held like this keeps one held like that out. */
  public boolean excludes(HeldLock other) {
    return mode == Mode.EXCLUSIVE || other.mode == Mode.EXCLUSIVE;
  }
}

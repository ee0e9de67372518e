// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

import dev.pinion.analyzer.dataflow.HeldLock;
import dev.pinion.analyzer.evidence.Location;

/**
 * A lock that is surely held, with an identity that means the same in every function.
 *
 * @param identity the field that is the lock, {@code struct kvm.lock}, or the global variable's
 *     name (with its file if static)
 * @param scope whether one lock has that identity or one per object
 * @param type what it is, {@code struct mutex}; empty if that is not known
 * @param mode who else may hold it
 * @param where where it was taken
 */
public record TypedLock(
    String identity, Scope scope, String type, HeldLock.Mode mode, Location where) {
  /** How many locks share an identity. */
  public enum Scope {
    GLOBAL,
    /** A member: one lock in each object. */
    PER_OBJECT
  }

  /** The lock as it is held either way: shared if one is; of two places the first. */
  TypedLock weakest(TypedLock other) {
    HeldLock.Mode weaker = mode == HeldLock.Mode.SHARED ? mode : other.mode;
    Location first = where.compareTo(other.where) <= 0 ? where : other.where;
    return weaker == mode && first.equals(where)
        ? this
        : new TypedLock(identity, scope, type, weaker, first);
  }

  /** Whether holding this keeps a holder of {@code other} out. */
  public boolean excludes(TypedLock other) {
    return identity.equals(other.identity)
        && (mode == HeldLock.Mode.EXCLUSIVE || other.mode == HeldLock.Mode.EXCLUSIVE);
  }
}

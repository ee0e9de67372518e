// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.ListUses;

/**
 * An object that was taken off an RCU list.
 *
 * @param use the removal, here or in a callee
 * @param field the node's struct and field
 * @param position where this function does it, or calls who does
 * @param waited where a grace period has passed since; unknown if none has
 */
record Unlinked(ListUses.Use use, FieldRef field, Position position, Position waited) {

  boolean hasWaited() {
    return !waited.equals(Position.UNKNOWN);
  }

  Unlinked waitedAt(Position where) {
    return hasWaited() ? this : new Unlinked(use, field, position, where);
  }

  /** Of two possible histories the one that a reader may still be in. */
  Unlinked lessWaited(Unlinked other) {
    if (hasWaited() != other.hasWaited()) {
      return hasWaited() ? other : this;
    }
    return position.compareTo(other.position) <= 0 ? this : other;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FieldRef;
import dev.pinion.analyzer.link.ListUses;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An object that was taken off an RCU list.
 *
 * @param use the removal, here or in a callee
 * @param field the node's struct and field
 * @param position where this function does it, or calls who does
 * @param waited where a grace period has passed since; unknown if none has
 * @param when tests whose outcome is sure on the way to the removal
 */
record Unlinked(
    ListUses.Use use, FieldRef field, Position position, Position waited, Set<Condition> when) {
  Unlinked {
    when = Set.copyOf(when);
  }

  Unlinked onlyWhen(Set<Condition> conditions) {
    return conditions.equals(when) ? this : new Unlinked(use, field, position, waited, conditions);
  }

  boolean hasWaited() {
    return !waited.equals(Position.UNKNOWN);
  }

  Unlinked waitedAt(Position where) {
    return hasWaited() ? this : new Unlinked(use, field, position, where, when);
  }

  /** Of two possible histories the one that a reader may still be in. */
  Unlinked lessWaited(Unlinked other) {
    if (hasWaited() != other.hasWaited()) {
      return hasWaited() ? other : this;
    }
    Set<Condition> both = new LinkedHashSet<>(when);
    both.retainAll(other.when);
    return (position.compareTo(other.position) <= 0 ? this : other).onlyWhen(both);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.Condition;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.link.FunctionRef;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How an object was taken out of its readers' reach: the pointer by which they find it was set to
 * something else.
 *
 * @param api what set the pointer
 * @param by the function that did, perhaps a callee
 * @param at where it did
 * @param here where the function at hand does it, or calls who does
 * @param waited where a grace period has passed since; unknown if none has
 * @param when tests whose outcome is sure on the way there
 */
record Replaced(
    String api, FunctionRef by, Position at, Position here, Position waited, Set<Condition> when) {
  Replaced {
    when = Set.copyOf(when);
  }

  Replaced onlyWhen(Set<Condition> conditions) {
    return conditions.equals(when) ? this : new Replaced(api, by, at, here, waited, conditions);
  }

  Location location() {
    return Location.of(by.file(), at);
  }

  boolean hasWaited() {
    return !waited.equals(Position.UNKNOWN);
  }

  Replaced waitedAt(Position position) {
    return hasWaited() ? this : new Replaced(api, by, at, here, position, when);
  }

  /** The same as a caller sees it, who calls there. */
  Replaced calledAt(Position position) {
    return new Replaced(api, by, at, position, hasWaited() ? position : Position.UNKNOWN, Set.of());
  }

  /** Of two possible histories the one that a reader may still be in. */
  Replaced lessWaited(Replaced other) {
    if (hasWaited() != other.hasWaited()) {
      return hasWaited() ? other : this;
    }
    Set<Condition> both = new LinkedHashSet<>(when);
    both.retainAll(other.when);
    return (here.compareTo(other.here) <= 0 ? this : other).onlyWhen(both);
  }
}

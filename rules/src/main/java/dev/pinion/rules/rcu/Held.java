// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.link.FieldRef;
import java.util.Optional;

/**
 * What a variable holds of a pointer that readers follow: the object that it points to, or that it
 * pointed to until it was replaced.
 *
 * @param pointer its struct and field
 * @param place canonical path of the pointer in the function at hand
 */
record Held(FieldRef pointer, AccessPath place, Optional<Replaced> replaced) {
  static Held now(FieldRef pointer, AccessPath place) {
    return new Held(pointer, place, Optional.empty());
  }

  Held replacedBy(Replaced how) {
    return new Held(pointer, place, Optional.of(how));
  }

  boolean isReplaced() {
    return replaced.isPresent();
  }

  /** Where two paths meet: what may have been replaced counts, and what has not waited more. */
  Held join(Held other) {
    if (!isReplaced() || !other.isReplaced()) {
      return isReplaced() || (!other.isReplaced() && isFirst(other)) ? this : other;
    }
    Replaced joint = replaced.get().lessWaited(other.replaced.get());
    boolean sameHistory = joint.here().equals(replaced.get().here());
    boolean isOurs =
        sameHistory == joint.here().equals(other.replaced.get().here())
            ? isFirst(other)
            : sameHistory;
    return (isOurs ? this : other).replacedBy(joint);
  }

  private boolean isFirst(Held other) {
    return (pointer + " " + place).compareTo(other.pointer + " " + other.place) <= 0;
  }
}

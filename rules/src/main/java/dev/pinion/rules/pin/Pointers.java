// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.pin;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Value;

/** What goes through a pointer. */
final class Pointers {
  private Pointers() {}

  /** Whether a value is read from, or is the address of something in, what a variable points to. */
  static boolean goesThrough(Value value, AccessPath variable) {
    if (value instanceof Value.Load load) {
      return goesThrough(load.path(), variable);
    }
    if (value instanceof Value.AddressOf address) {
      return goesThrough(address.path(), variable);
    }
    if (value instanceof Value.ContainerOf entry) {
      return goesThrough(entry.inner(), variable);
    }
    return value instanceof Value.Compound compound
        && compound.operands().stream().anyMatch(o -> goesThrough(o, variable));
  }

  static boolean goesThrough(AccessPath path, AccessPath variable) {
    return path.startsWith(variable) && !path.isVariable();
  }
}

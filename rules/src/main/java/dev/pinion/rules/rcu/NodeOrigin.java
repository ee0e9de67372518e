// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.rcu;

import dev.pinion.analyzer.evidence.Location;
import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Position;
import dev.pinion.analyzer.ir.Value;
import dev.pinion.analyzer.link.FunctionRef;
import java.util.Optional;

/**
 * A list on which a node was met: the walk whose cursor it is, the {@code list_first_entry()} that
 * gave it, or the insertion that put it there.
 *
 * @param function where that happens: the updater or one of its callers
 * @param head canonical pointer to the list head, in that function
 */
record NodeOrigin(FunctionRef function, Position position, Value head) {

  Location location() {
    return Location.of(function.file(), position);
  }

  /** The pointer to the object that has the head; empty for a global head or one passed in. */
  Optional<AccessPath> owner() {
    AccessPath path =
        head instanceof Value.AddressOf address ? address.path() : ((Value.Load) head).path();
    return path.steps().isEmpty() ? Optional.empty() : Optional.of(path.holder());
  }
}

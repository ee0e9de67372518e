// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

import dev.pinion.analyzer.ir.AccessPath;
import dev.pinion.analyzer.ir.Position;
import java.util.Optional;

/**
 * A lock that is held.
 *
 * @param name identity within the function: the canonical path's text, or a global lock's name
 * @param path the lock's place; empty for a lock the model names
 * @param mode who else may hold it
 * @param position where it was taken or asserted
 */
public record HeldLock(String name, Optional<AccessPath> path, Mode mode, Position position) {
  /** Who else may hold a lock at the same time. */
  public enum Mode {
    SHARED,
    EXCLUSIVE
  }

  /** Whether one held like this keeps one held like that out. */
  public boolean excludes(HeldLock other) {
    return mode == Mode.EXCLUSIVE || other.mode == Mode.EXCLUSIVE;
  }
}

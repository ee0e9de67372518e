// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.util.Optional;

/**
 * Whether the process that started the server is still there. A process that cannot be seen at the
 * start is in another container or on another machine and is not watched.
 */
final class ParentWatch {
  private final Optional<ProcessHandle> parent;

  private ParentWatch(Optional<ProcessHandle> parent) {
    this.parent = parent;
  }

  static ParentWatch none() {
    return new ParentWatch(Optional.empty());
  }

  static ParentWatch of(long pid) {
    return new ParentWatch(ProcessHandle.of(pid).filter(ProcessHandle::isAlive));
  }

  boolean isDead() {
    return parent.isPresent() && !parent.get().isAlive();
  }
}

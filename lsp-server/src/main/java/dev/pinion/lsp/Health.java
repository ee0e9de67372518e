// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * How the server is, over all trees; tells a listener when it changes. A tree that could not be
 * analysed keeps the server degraded until a later scan of it succeeds.
 */
final class Health {
  private final Consumer<Status> listener;
  private final TreeMap<Path, String> degraded = new TreeMap<>();
  private String indexing = "";
  private boolean busy;
  private Optional<Status> told = Optional.empty();

  Health(Consumer<Status> listener) {
    this.listener = listener;
  }

  /** Something is being analysed, or waits to be. */
  synchronized void busy() {
    busy = true;
    tell();
  }

  /** Nothing is being analysed and nothing waits. */
  synchronized void quiescent() {
    busy = false;
    indexing = "";
    tell();
  }

  /**
   * A long scan has come this far.
   *
   * @param message counts, for people
   */
  synchronized void indexing(String message) {
    indexing = message;
    tell();
  }

  /** A scan of a tree has succeeded. */
  synchronized void ok(Path root) {
    indexing = "";
    degraded.remove(root);
    tell();
  }

  /**
   * A scan of a tree has failed, or lacks something.
   *
   * @param reason one line
   */
  synchronized void degraded(Path root, String reason) {
    indexing = "";
    degraded.put(root, reason);
    tell();
  }

  /** A tree is no longer looked at. */
  synchronized void forget(Path root) {
    degraded.remove(root);
    tell();
  }

  private void tell() {
    Status status;
    if (!indexing.isEmpty()) {
      status = new Status("indexing", false, indexing);
    } else if (!degraded.isEmpty()) {
      status = new Status("degraded", !busy, degraded.firstEntry().getValue());
    } else {
      status = new Status("ok", !busy, "");
    }
    if (!Optional.of(status).equals(told)) {
      told = Optional.of(status);
      listener.accept(status);
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decides whether a server that has died is started again: not if it dies again and again. */
final class Restarts {
  static final int LIMIT = 5;
  static final Duration WINDOW = Duration.ofMinutes(3);

  private final Deque<Long> deaths = new ArrayDeque<>();

  /**
   * Notes a death.
   *
   * @param nanos a clock that only ever grows
   * @return whether to start the server again
   */
  boolean died(long nanos) {
    deaths.addLast(nanos);
    while (nanos - deaths.getFirst() > WINDOW.toNanos()) {
      deaths.removeFirst();
    }
    return deaths.size() < LIMIT;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.rules.wait;

import dev.pinion.analyzer.evidence.Related;
import dev.pinion.analyzer.link.Contexts;
import dev.pinion.analyzer.link.Program;
import dev.pinion.analyzer.link.TypedLock;
import dev.pinion.analyzer.link.WaitQueues;
import java.util.Collection;
import java.util.Optional;

/** A lock that is held during a wait and at each wake-up: it keeps the wakers away. */
final class NeededLock {
  private NeededLock() {}

  /** Such a lock, with where the waiter takes it; empty if the wait drops it, or may do so. */
  static Optional<Related> of(Wait wait, Wakers wakers, Program program) {
    if (!wait.use().does("wait") || wait.use().api().orElseThrow().is("drops")) {
      return Optional.empty();
    }
    return heldAt(wait.use(), program).stream()
        .filter(
            lock ->
                wakers.all().stream()
                    .allMatch(w -> heldAt(w.use(), program).stream().anyMatch(lock::excludes)))
        .findFirst()
        .map(
            lock ->
                new Related(
                    lock.where(),
                    lock.identity() + " is held from here, and every waker needs it"));
  }

  /** Whether who waits holds a lock without which who wakes does not come to it. */
  static boolean keepsApart(WaitQueues.Use wait, WaitQueues.Use wake, Program program) {
    return heldAt(wait, program).stream()
        .anyMatch(lock -> heldAt(wake, program).stream().anyMatch(lock::excludes));
  }

  private static Collection<TypedLock> heldAt(WaitQueues.Use use, Program program) {
    return Contexts.of(program).at(use.function(), use.operation().position()).locks().values();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.link.LockKnowledge;
import java.util.Optional;

/** What the store knows of the locks of a tree, from an earlier state of it. */
record EarlierLocks(LockMemory memory, EarlierState state) implements LockKnowledge {
  @Override
  public Optional<Earlier> earlier() {
    return memory
        .table(state.listing())
        .flatMap(t -> state.before().map(facts -> new Earlier(t, facts)));
  }
}

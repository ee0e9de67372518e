// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.link.LockKnowledge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the store knows of the locks of a tree, from an earlier state of it. */
record EarlierLocks(LockMemory memory, EarlierState state) implements LockKnowledge {
  private static Map<String, FileFacts> orNone(Map<String, Optional<FileFacts>> files) {
    Map<String, FileFacts> all = new HashMap<>();
    files.forEach((path, facts) -> all.put(path, facts.orElse(FileFacts.NONE)));
    return all;
  }

  @Override
  public Optional<Earlier> earlier() {
    return memory
        .table(state.listing())
        .flatMap(t -> state.before().map(facts -> new Earlier(t, orNone(facts))));
  }
}

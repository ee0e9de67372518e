// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.link.LockKnowledge;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the store knows of the locks of a tree, from the state of it that was indexed. */
record EarlierLocks(LockMemory memory, String listing, IndexUpdate update, CodeFacts code)
    implements LockKnowledge {
  @Override
  public Optional<Earlier> earlier() {
    if (update.isLarge()) {
      return Optional.empty();
    }
    return memory.table(listing).flatMap(t -> before().map(facts -> new Earlier(t, facts)));
  }

  /** The files that have changed since, as they were; empty if that is not known any more. */
  private Optional<Map<String, FileFacts>> before() {
    Map<String, FileFacts> all = new HashMap<>();
    update.added().forEach(path -> all.put(path, FileFacts.NONE));
    for (TreeIndex.Entry entry : update.replaced()) {
      Optional<FileFacts> facts = code.stored(entry.id());
      if (facts.isEmpty()) {
        return Optional.empty();
      }
      all.put(entry.path(), facts.get());
    }
    return Optional.of(all);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.FileFacts;
import dev.pinion.analyzer.source.BlobId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A state of a tree from which the present one differs in few files.
 *
 * @param listing its name
 */
record EarlierState(String listing, IndexUpdate update, CodeFacts code) {
  /** The files that have changed since, as they were: nothing where there was none. */
  Map<String, Optional<BlobId>> ids() {
    Map<String, Optional<BlobId>> all = new HashMap<>();
    update.added().forEach(path -> all.put(path, Optional.empty()));
    update.replaced().forEach(entry -> all.put(entry.path(), Optional.of(entry.id())));
    return all;
  }

  /** The files that have changed since, as they were; empty if that is not known any more. */
  Optional<Map<String, FileFacts>> before() {
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

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
 * @param ids the files that have changed since, as they were: nothing where there was none
 */
record EarlierState(String listing, Map<String, Optional<BlobId>> ids, CodeFacts code) {
  EarlierState {
    ids = Map.copyOf(ids);
  }

  static EarlierState of(String listing, IndexUpdate update, CodeFacts code) {
    Map<String, Optional<BlobId>> ids = new HashMap<>();
    update.added().forEach(path -> ids.put(path, Optional.empty()));
    update.replaced().forEach(entry -> ids.put(entry.path(), Optional.of(entry.id())));
    return new EarlierState(listing, ids, code);
  }

  /** The files that have changed since, as they were; empty if that is not known any more. */
  Optional<Map<String, Optional<FileFacts>>> before() {
    Map<String, Optional<FileFacts>> all = new HashMap<>();
    for (Map.Entry<String, Optional<BlobId>> file : ids.entrySet()) {
      Optional<FileFacts> facts = file.getValue().flatMap(code::stored);
      if (facts.isPresent() != file.getValue().isPresent()) {
        return Optional.empty();
      }
      all.put(file.getKey(), facts);
    }
    return Optional.of(all);
  }
}

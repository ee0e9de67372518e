// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.link.KnownBodies;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.store.FactStore;
import java.util.Map;
import java.util.Optional;

/**
 * Bodies of files as they were, as far as the store has them: all that a rule ever looked into.
 *
 * @param ids what the files were, by path; nothing where there was none
 */
record EarlierBodies(Map<String, Optional<BlobId>> ids, FactStore store) implements KnownBodies {
  EarlierBodies {
    ids = Map.copyOf(ids);
  }

  @Override
  public Optional<Function> known(String file, int index) {
    return ids.getOrDefault(file, Optional.empty())
        .flatMap(id -> TreeBodies.known(id, index, store));
  }
}

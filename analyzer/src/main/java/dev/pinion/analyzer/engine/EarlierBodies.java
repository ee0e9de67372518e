// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.ir.Function;
import dev.pinion.analyzer.link.IrSource;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.store.FactStore;
import java.util.Map;
import java.util.Optional;

/**
 * Bodies of files as they were, as far as the store has them: all that a rule ever looked into.
 *
 * @param ids what the files were, by path; nothing where there was none
 */
record EarlierBodies(Map<String, Optional<BlobId>> ids, FactStore store) implements IrSource {
  EarlierBodies {
    ids = Map.copyOf(ids);
  }

  /**
   * One that the store has.
   *
   * @throws IllegalArgumentException if the store does not have it
   */
  @Override
  public Function body(String file, int index) {
    return known(file, index)
        .orElseThrow(() -> new IllegalArgumentException("no body " + index + " of " + file));
  }

  @Override
  public Optional<Function> known(String file, int index) {
    return ids.getOrDefault(file, Optional.empty())
        .flatMap(id -> TreeBodies.known(id, index, store));
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pinion.analyzer.link.LockTable;
import dev.pinion.analyzer.link.LockTableCodec;
import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock tables of trees in the store, under the ids of their listings and of the code that found
 * them. A table costs a look at nearly all files, and nearly no change of a file changes it.
 */
final class LockMemory {
  static final FactKind LOCKS = new FactKind(8, 1, FactKind.Packing.DEFLATED);

  private final FactStore store;
  private final OwnCode code;
  private final Set<BlobId> stored = ConcurrentHashMap.newKeySet();

  LockMemory(FactStore store, OwnCode code) {
    this.store = store;
    this.code = code;
  }

  /** The table of the tree with that listing. */
  Optional<LockTable> table(String listing) {
    if (store.equals(FactStore.none())) {
      return Optional.empty(); // The name costs a look at all our code.
    }
    BlobId name = name(listing);
    Optional<byte[]> table = store.get(name, LOCKS);
    table.ifPresent(t -> stored.add(name));
    return table.map(LockTableCodec::decode);
  }

  /** Keeps the table of the tree with that listing. */
  void keep(LockTable table, String listing) {
    if (!store.equals(FactStore.none()) && stored.add(name(listing))) {
      store.put(name(listing), LOCKS, LockTableCodec.encode(table));
    }
  }

  private BlobId name(String listing) {
    return BlobId.of(("locks of " + listing + " by " + code.of(Engine.class)).getBytes(UTF_8));
  }
}

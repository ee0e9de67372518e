// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pinion.analyzer.source.BlobId;
import dev.pinion.analyzer.source.SourceTree;
import dev.pinion.analyzer.store.FactKind;
import dev.pinion.analyzer.store.FactStore;
import java.util.Optional;

/**
 * Indexes of trees in the store, under the ids of their listings; and of each place, which index
 * was used there last. A tree of which a few files have changed since is found by that one.
 */
final class IndexMemory {
  static final FactKind INDEX = new FactKind(7, 4, FactKind.Packing.PLAIN);

  /** The note of the index that was kept last, wherever. */
  private static final String NEWEST = "index of any tree";

  private final FactStore store;

  IndexMemory(FactStore store) {
    this.store = store;
  }

  /** The index of the tree with a listing. */
  record Known(String listing, TreeIndex index) {}

  /**
   * The index of a tree, or else one of which most files may be the same: of the state before, of
   * an earlier state at the same place, or of the tree that was indexed last, as a repository may
   * have been scanned as a folder or as a clone of itself.
   *
   * @param before the listing of the state that this process saw last
   */
  Optional<Known> nearest(SourceTree tree, String listing, Optional<String> before) {
    return index(listing)
        .or(() -> before.flatMap(this::index))
        .or(() -> noted(place(tree)))
        .or(() -> noted(NEWEST));
  }

  private Optional<Known> noted(String note) {
    return store.note(note).flatMap(id -> index(new String(id, US_ASCII)));
  }

  private Optional<Known> index(String listing) {
    return store.get(name(listing), INDEX).map(b -> new Known(listing, TreeIndex.decode(b)));
  }

  /** Keeps the index of a tree, or of the part of it that is sure. */
  void keep(TreeIndex index, SourceTree tree, String listing) {
    if (index.size() == 0) {
      return;
    }
    store.put(name(listing), INDEX, index.encode());
    store.note(place(tree), listing.getBytes(US_ASCII));
    store.note(NEWEST, listing.getBytes(US_ASCII));
  }

  private static BlobId name(String listing) {
    return BlobId.of(("index of " + listing).getBytes(UTF_8));
  }

  private static String place(SourceTree tree) {
    return "index of " + tree.root();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the folder of a store small and its segments few.
 *
 * @param store the folder
 * @param own the version whose facts may be of use yet; others go first
 */
record Tidying(Path store, SegmentFolder own) {
  /**
   * Merges, and evicts if there is more than the limit; then it goes below by a quarter of it, so
   * that a byte is written again four times at most before others are as many as the limit.
   */
  void run(StoreLimit limit) throws IOException {
    Optional<FileClaim> claim = own.claim();
    if (claim.isEmpty()) {
      return; // Another process is at it.
    }
    try {
      SegmentMerge.run(own);
      if (new VersionFolders(store).size() > limit.bytes()) {
        evict(limit.bytes(), limit.low());
      }
    } finally {
      claim.get().close();
    }
  }

  /**
   * Evicts what is too much.
   *
   * @param most as many bytes may stay if it is enough to remove old versions
   * @param low as many bytes stay if it is not
   */
  private Pruned evict(long most, long low) throws IOException {
    Pruned old = deleteOthers(most);
    VersionFolders folders = new VersionFolders(store);
    long size = folders.size();
    if (size <= most) {
      return old;
    }
    long others = size - VersionFolders.size(own.path());
    Eviction.Evicted evicted = Eviction.run(own, Math.max(0, low - others));
    long notes = folders.size() > low ? Notes.deleteAll(own.path()) : 0;
    return new Pruned(old.versions(), evicted.frames(), old.bytes() + evicted.bytes() + notes);
  }

  /** Removes other versions, the one used longest ago first, until no more than this is left. */
  private Pruned deleteOthers(long most) throws IOException {
    VersionFolders folders = new VersionFolders(store);
    long size = folders.size();
    List<Path> others = folders.othersByUse(own.path());
    int versions = 0;
    long bytes = 0;
    for (int i = others.size() - 1; i >= 0 && size - bytes > most; i--) {
      bytes += VersionFolders.size(others.get(i));
      VersionFolders.delete(others.get(i));
      versions++;
    }
    return new Pruned(versions, 0, bytes);
  }

  /** Removes all other versions. */
  Pruned deleteOthers() throws IOException {
    return deleteOthers(-1);
  }

  /**
   * Makes the store as small as this; empty if another process is about to do something like it.
   */
  Optional<Pruned> prune(StoreLimit limit) throws IOException {
    if (!Files.isDirectory(own.path())) {
      return Optional.of(deleteOthers(limit.bytes()));
    }
    Optional<FileClaim> claim = own.claim();
    if (claim.isEmpty()) {
      return Optional.empty();
    }
    try {
      SegmentMerge.run(own);
      return Optional.of(evict(limit.bytes(), limit.bytes()));
    } finally {
      claim.get().close();
    }
  }
}

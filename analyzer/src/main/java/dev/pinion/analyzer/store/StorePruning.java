// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes stores smaller when somebody asks for it; they also do so themselves, see FactStore. */
public final class StorePruning {
  private StorePruning() {}

  /** Removes the facts of all versions but one. */
  public static Pruned otherVersions(Path store, String current) throws IOException {
    return tidying(store, current).deleteOthers();
  }

  /**
   * Removes facts of other versions, those used longest ago first, and then those of this version
   * that were not asked for the longest, until no more are left than may be.
   *
   * @return empty if another process is tidying up just now
   */
  public static Optional<Pruned> to(StoreLimit limit, Path store, String current)
      throws IOException {
    return tidying(store, current).prune(limit);
  }

  private static Tidying tidying(Path store, String current) throws IOException {
    return new Tidying(store, new VersionFolders(store).of(current));
  }
}

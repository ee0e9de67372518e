// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.store.FactStore;
import java.nio.file.Path;
import java.util.Optional;

/** Where Pinion keeps what it learnt. */
final class StoreFolder {
  private static final String NONE = "none";

  private StoreFolder() {}

  /** The folder of {@code --store}, or {@code pinion} in the user's cache folder. */
  static Optional<Path> of(Optional<String> option, Surroundings here) {
    if (option.isPresent()) {
      return option.get().equals(NONE) ? Optional.empty() : Optional.of(here.resolve(option.get()));
    }
    String cache = here.environment().getOrDefault("XDG_CACHE_HOME", "");
    if (cache.startsWith("/")) {
      return Optional.of(Path.of(cache, "pinion"));
    }
    String home = here.environment().getOrDefault("HOME", "");
    return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "pinion"));
  }

  /** Opens the store there, or none; trouble with it is told in a line and never fatal. */
  static FactStore open(Optional<Path> folder, Surroundings here) {
    return folder
        .map(
            path ->
                FactStore.open(
                    path, FactsVersion.current(), line -> here.err().println("pinion: " + line)))
        .orElseGet(FactStore::none);
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.engine.FactsVersion;
import dev.pinion.analyzer.store.FactStore;
import dev.pinion.analyzer.store.StoreLimit;
import java.io.IOException;
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

  /** The limit of {@code --store-limit}, of the environment, or the usual one. */
  static StoreLimit limit(Optional<String> option, Surroundings here) throws BadInput {
    if (option.isPresent()) {
      return parse("--store-limit", option.get());
    }
    String set = here.environment().getOrDefault(StoreLimit.VARIABLE, "");
    return set.isEmpty() ? StoreLimit.DEFAULT : parse(StoreLimit.VARIABLE, set);
  }

  /** The limit that an option or variable says. */
  static StoreLimit parse(String name, String text) throws BadInput {
    try {
      return StoreLimit.parse(text);
    } catch (IllegalArgumentException e) {
      throw new BadInput(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Opens the store there, or none; trouble with it is told in a line and never fatal.
   *
   * @param limit of all that is in the folder
   */
  static FactStore open(Optional<Path> folder, StoreLimit limit, Surroundings here) {
    return folder
        .map(
            path ->
                FactStore.open(
                    path,
                    FactsVersion.current(),
                    limit.less(others(path)),
                    line -> here.err().println("pinion: " + line)))
        .orElseGet(FactStore::none);
  }

  private static long others(Path store) {
    try {
      return SideFiles.bytes(store);
    } catch (IOException e) {
      return 0; // If the store cannot be read either, it says so.
    }
  }
}

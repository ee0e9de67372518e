// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.source.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store {@code pinion store} is about. */
final class StoreOptions {
  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "The store's folder; default: pinion in the user's cache folder.")
  private @Nullable String store;

  /** What the state of a store can be had as. */
  enum StateFormat {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The store's folder, which is there. */
  Path folder(Surroundings here) throws BadInput {
    Optional<Path> folder = StoreFolder.of(Optional.ofNullable(store), here);
    if (folder.isEmpty()) {
      throw new BadInput(
          store == null
              ? "no store is known, as HOME is not set; name one with --store DIR"
              : "--store none: there is nothing to look at; name a store's folder");
    }
    if (!Files.isDirectory(folder.get())) {
      throw new BadInput(
          folder.get()
              + (Files.exists(folder.get())
                  ? ": is no folder, so no store either; name one with --store DIR"
                  : ": there is no store yet; a scan makes one, or name another with --store DIR"));
    }
    return folder.get();
  }

  /** What to do with a folder. */
  interface Task<T> {
    T run(Path folder) throws IOException, BadInput;
  }

  /** Does something with the store; what goes wrong on the way is told as a line. */
  <T> T run(Surroundings here, Task<T> task) throws BadInput {
    Path folder = folder(here);
    try {
      return task.run(folder);
    } catch (IOException e) {
      throw new BadInput(
          "%s: %s; see who owns it and whether its disk is full".formatted(folder, Reason.of(e)),
          e);
    }
  }
}

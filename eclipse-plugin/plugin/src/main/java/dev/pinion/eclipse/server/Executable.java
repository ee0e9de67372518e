// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where Pinion is, or why it cannot be started.
 *
 * @param path of the executable; empty if there is none
 * @param problem what to do about that, as one line; empty if there is one
 */
public record Executable(Optional<Path> path, String problem) {
  private static final String NAME = "pinion";

  /**
   * Looks where the user said, and only if nothing was said on the search path.
   *
   * @param set what the user has set; blank for nothing
   * @param searchPath the folders of {@code PATH}, as the system separates them
   */
  public static Executable find(String set, String searchPath) {
    if (!set.isBlank()) {
      return file(set.strip())
          .map(Executable::found)
          .orElseGet(
              () -> missing(set.strip() + " is no executable file; change the path of pinion"));
    }
    for (String folder : searchPath.split(Pattern.quote(File.pathSeparator), -1)) {
      Optional<Path> path = folder.isEmpty() ? Optional.empty() : file(folder + "/" + NAME);
      if (path.isPresent()) {
        return found(path.get());
      }
    }
    return missing("there is no pinion on the PATH of this Eclipse; set its path");
  }

  private static Executable found(Path path) {
    return new Executable(Optional.of(path), "");
  }

  private static Executable missing(String why) {
    return new Executable(Optional.empty(), "Pinion is off: " + why + " in Preferences > Pinion");
  }

  private static Optional<Path> file(String text) {
    try {
      Path path = Path.of(text);
      return Files.isRegularFile(path) && Files.isExecutable(path)
          ? Optional.of(path.toAbsolutePath())
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}

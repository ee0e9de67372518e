// SPDX-License-Identifier: Apache-2.0
package dev.pinion.eclipse.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which files share a server: those of one tree, told as the server itself tells trees. */
public final class TreeRoot {
  private static final Pattern VERSION = Pattern.compile("^VERSION\\s*=", Pattern.MULTILINE);

  private TreeRoot() {}

  /**
   * The top of the tree around a file: the nearest folder that has a {@code .pinion} file, is the
   * top of a kernel, or of a git work tree.
   *
   * @param fallback the folder for a file in none of these: its project's
   */
  public static Path around(Path file, Path fallback) {
    for (Path at = file.getParent(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(".pinion"))
          || isKernel(at)
          || Files.exists(at.resolve(".git"))) {
        return at;
      }
    }
    return fallback;
  }

  private static boolean isKernel(Path folder) {
    Path makefile = folder.resolve("Makefile");
    boolean kbuild =
        Files.isRegularFile(folder.resolve("Kbuild"))
            || Files.isRegularFile(folder.resolve("Kconfig"));
    return kbuild
        && Files.isRegularFile(makefile)
        && text(makefile).filter(TreeRoot::has).isPresent();
  }

  private static boolean has(String makefile) {
    return VERSION.matcher(makefile).find();
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // What cannot be read cannot be told from what is no kernel.
      return Optional.empty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tree around a path that a user named, and the part of it to report on.
 *
 * @param root the tree's top folder; gives the context
 * @param subPath what was named, from the root, with {@code /} between names; empty for all
 */
public record KernelTree(Path root, String subPath) {
  /** A file of this name marks the top folder of a tree that is not a kernel. */
  public static final String MARKER = ".pinion";

  /**
   * Finds the tree around a folder or file: the nearest folder upwards that holds {@link #MARKER}
   * or looks like a kernel's top; else the top of the git work tree; else the folder itself. The
   * search does not leave a git work tree.
   *
   * @throws SourceException if the path does not exist or is neither folder nor file
   */
  public static KernelTree locate(Path path) throws SourceException {
    Path real;
    try {
      real = path.toRealPath();
    } catch (IOException e) {
      throw new SourceException(path + ": " + Reason.of(e), e);
    }
    if (!Files.isDirectory(real) && !Files.isRegularFile(real)) {
      throw new SourceException(path + ": neither a folder nor a file");
    }
    Path folder = Files.isDirectory(real) ? real : parent(real).orElse(real);
    Path root = root(folder);
    return new KernelTree(root, PathText.relative(root, real));
  }

  private static Path root(Path folder) {
    for (Optional<Path> at = Optional.of(folder); at.isPresent(); at = parent(at.get())) {
      if (isMarked(at.get()) || isKernel(at.get()) || GitFolder.at(at.get()).isPresent()) {
        return at.get();
      }
    }
    return folder;
  }

  private static Optional<Path> parent(Path path) {
    return Optional.ofNullable(path.getParent());
  }

  private static boolean isMarked(Path folder) {
    return Files.isRegularFile(folder.resolve(MARKER));
  }

  /**
   * Whether this is the top of a kernel: a Makefile with a version, and Kbuild's files beside it.
   */
  public static boolean isKernel(Path folder) {
    Path makefile = folder.resolve("Makefile");
    boolean kbuild =
        Files.isRegularFile(folder.resolve("Kbuild"))
            || Files.isRegularFile(folder.resolve("Kconfig"));
    try {
      return kbuild
          && Files.isRegularFile(makefile)
          && KernelVersion.parse(Files.readAllBytes(makefile)).isPresent();
    } catch (IOException e) {
      return false;
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.nio.file.Path;
import java.util.Optional;

/** How files are named on a terminal. */
final class Places {
  private Places() {}

  /**
   * The path an editor started in the current folder opens: relative if the tree is around or below
   * that folder, absolute if it is elsewhere. A file of a commit has only its path in the tree.
   */
  static String typed(Optional<Path> tree, String path, Surroundings here) {
    if (tree.isEmpty() || path.isEmpty()) {
      return path;
    }
    Path root = tree.get();
    Path folder = here.folder();
    return root.startsWith(folder) || folder.startsWith(root)
        ? folder.relativize(root.resolve(path)).toString()
        : root.resolve(path).toString();
  }
}

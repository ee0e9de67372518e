// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The folders that are open in the editor, and which tree a file belongs to. */
final class Folders {
  private final Analyzer analyzer;
  private final TreeSet<Path> folders = new TreeSet<>();

  Folders(Analyzer analyzer) {
    this.analyzer = analyzer;
  }

  synchronized void add(Path folder) {
    folders.add(folder);
  }

  synchronized void remove(Path folder) {
    folders.remove(folder);
  }

  /**
   * Where a file stands: in the nearest kernel tree around it; in a folder of C that is no kernel
   * tree, in the innermost open folder; else nowhere, since to read all of a home folder because of
   * one file in it would surprise its owner.
   */
  Optional<OpenDocument.Place> place(String uri) {
    Optional<Path> path = Uris.path(uri);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> root = analyzer.treeAround(path.get()).or(() -> around(path.get()));
    return root.flatMap(r -> within(r, path.get())).filter(OpenDocument.Place::isC);
  }

  /**
   * What of a tree lies in the open folders, as paths from its root: empty for nothing, one empty
   * path for all of it.
   */
  synchronized List<String> partsOf(Path root) {
    List<String> parts = new ArrayList<>();
    for (Path folder : folders) {
      if (root.startsWith(folder)) {
        return List.of("");
      }
      if (folder.startsWith(root)) {
        parts.add(OpenDocument.Place.of(root, folder).file());
      }
    }
    return parts;
  }

  private synchronized Optional<Path> around(Path file) {
    return folders.stream()
        .filter(file::startsWith)
        .reduce((a, b) -> a.getNameCount() > b.getNameCount() ? a : b);
  }

  private static Optional<OpenDocument.Place> within(Path root, Path file) {
    if (file.startsWith(root)) {
      return Optional.of(OpenDocument.Place.of(root, file));
    }
    try {
      Path real = file.toRealPath();
      return real.startsWith(root)
          ? Optional.of(OpenDocument.Place.of(root, real))
          : Optional.empty();
    } catch (IOException e) {
      // Not on disk yet, and not below the root by name: it has no place in the tree.
      return Optional.empty();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Notices a switched branch, a restored file, an edit by another program. It looks at the head and
 * the index of git and at the C files beside those that are open, and at nothing else: a kernel
 * tree has more folders than a user has inotify watches. For one thread.
 */
final class DiskWatch {
  private static final String SOURCES = "*.{c,h}";

  private final Map<Path, Long> before = new HashMap<>();
  private Set<Path> folders = Set.of();

  /** The trees in which something has changed since the last call, of those with open buffers. */
  Set<Path> changedSince(List<OpenDocument> open) {
    Map<Path, Set<Path>> foldersOf = new TreeMap<>();
    for (OpenDocument document : open) {
      if (document.place().isPresent()) {
        OpenDocument.Place place = document.place().get();
        Set<Path> watched = foldersOf.computeIfAbsent(place.root(), r -> new TreeSet<>());
        Path folder = place.path().getParent();
        watched.add(folder == null ? place.root() : folder);
        gitFolder(place.root()).ifPresent(watched::add);
      }
    }
    Set<Path> changed = new TreeSet<>();
    Set<Path> now = new TreeSet<>();
    for (Map.Entry<Path, Set<Path>> tree : foldersOf.entrySet()) {
      for (Path folder : tree.getValue()) {
        long state = state(folder);
        Long old = before.put(folder, state);
        // A folder that was not watched until now has no state to differ from.
        if (old != null && old != state && folders.contains(folder)) {
          changed.add(tree.getKey());
        }
        now.add(folder);
      }
    }
    before.keySet().retainAll(now);
    folders = now;
    return changed;
  }

  private static long state(Path folder) {
    boolean git = Files.isRegularFile(folder.resolve("HEAD"));
    long state = 1;
    if (git) {
      return 31 * stamp(folder.resolve("HEAD")) + stamp(folder.resolve("index"));
    }
    Map<Path, Long> stamps = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, SOURCES)) {
      files.forEach(file -> stamps.put(file, stamp(file)));
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // The folder has gone, or will not be read; that is a state like any other.
      return 0;
    }
    for (Map.Entry<Path, Long> stamp : stamps.entrySet()) {
      state = 31 * (31 * state + stamp.getKey().hashCode()) + stamp.getValue();
    }
    return state;
  }

  private static long stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return 31 * attributes.lastModifiedTime().toMillis() + attributes.size();
    } catch (IOException e) {
      return -1;
    }
  }

  /** The folder with {@code HEAD} and {@code index}; of a linked work tree, its own. */
  private static Optional<Path> gitFolder(Path root) {
    for (Path folder = root; folder != null; folder = folder.getParent()) {
      Path git = folder.resolve(".git");
      if (Files.isDirectory(git)) {
        return Optional.of(git);
      }
      if (Files.isRegularFile(git)) {
        try {
          String text = Files.readString(git).strip();
          return text.startsWith("gitdir: ")
              ? Optional.of(folder.resolve(text.substring("gitdir: ".length())).normalize())
              : Optional.empty();
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}

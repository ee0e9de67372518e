// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Where the ids of a tree's files are remembered between listings: one file per tree. */
final class Listings {
  /** A listing of a kernel is 5 MB. */
  private static final int MOST_KEPT = 20;

  private static final String SUFFIX = ".ids";

  private Listings() {}

  /** The memory of a tree. When it is the first one of this tree, old ones of others may go. */
  static Path of(Path root, Path store) {
    Path folder = store.resolve(SideFiles.LISTINGS);
    String name = UUID.nameUUIDFromBytes(root.toString().getBytes(StandardCharsets.UTF_8)) + SUFFIX;
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      forgetOldest(folder);
    }
    return file;
  }

  private static void forgetOldest(Path folder) {
    record Dated(long time, Path file) {}
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Dated> dated = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        dated.add(new Dated(Files.getLastModifiedTime(file).toMillis(), file));
      }
      dated.sort((a, b) -> Long.compare(a.time, b.time));
      List<Dated> surplus = dated.subList(0, Math.max(0, dated.size() - MOST_KEPT + 1));
      for (Dated old : surplus) {
        Files.deleteIfExists(old.file);
      }
    } catch (IOException e) {
      // Another process may be tidying up as well; what is too much now goes another time.
    }
  }
}

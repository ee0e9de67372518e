// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is in the folder of a store beside facts: one file for each tree that was listed and for
 * each that was scanned.
 *
 * @param folder its name in the store's folder
 * @param files that are there, the one used longest ago first
 */
record SideFiles(String folder, List<Dated> files) {
  /** {@link Listings}. */
  static final String LISTINGS = "listings";

  /** {@link LastScan}. */
  static final String SCANS = "scans";

  /** A file, its length, and when it was written. */
  record Dated(Path file, long bytes, FileTime time) {}

  SideFiles {
    files = List.copyOf(files);
  }

  /** Those of one folder, which may not be there. */
  static SideFiles of(String folder, Path store) throws IOException {
    Path path = store.resolve(folder);
    List<Dated> dated = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          add(file, dated);
        }
      }
    }
    dated.sort(Comparator.comparing(Dated::time).thenComparing(Dated::file));
    return new SideFiles(folder, dated);
  }

  private static void add(Path file, List<Dated> files) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isRegularFile()) {
        files.add(new Dated(file, attributes.size(), attributes.lastModifiedTime()));
      }
    } catch (NoSuchFileException e) {
      return; // Replaced by another process.
    }
  }

  /** Both kinds. */
  static List<SideFiles> all(Path store) throws IOException {
    return List.of(of(LISTINGS, store), of(SCANS, store));
  }

  long bytes() {
    return files.stream().mapToLong(Dated::bytes).sum();
  }

  /** Bytes of both kinds. */
  static long bytes(Path store) throws IOException {
    return all(store).stream().mapToLong(SideFiles::bytes).sum();
  }

  /** Removes the oldest of both kinds until no more than this is left; tells how many bytes. */
  static long prune(Path store, long most) throws IOException {
    long before = bytes(store);
    long left = before;
    List<Dated> oldestFirst =
        all(store).stream()
            .flatMap(side -> side.files().stream())
            .sorted(Comparator.comparing(Dated::time).thenComparing(Dated::file))
            .toList();
    for (Dated old : oldestFirst) {
      if (left <= most) {
        break;
      }
      Files.deleteIfExists(old.file());
      left -= old.bytes();
    }
    return before - left;
  }
}

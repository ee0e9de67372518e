// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of one version, with its segments.
 *
 * @param path where it is
 */
record SegmentFolder(Path path) {
  /** Ends the names of segments. */
  static final String SUFFIX = ".facts";

  private static final String CLAIM = "merge.lock";

  private static final int ATTEMPTS = 8;

  /** The folder of a version. Where it has to be created, most of old versions are removed. */
  static SegmentFolder open(Path store, String version) throws IOException {
    SegmentFolder folder = new VersionFolders(store).of(version);
    if (!Files.isDirectory(folder.path)) {
      Files.createDirectories(folder.path);
      try {
        new VersionFolders(store).deleteMost(folder.path);
      } catch (IOException e) {
        return folder; // What stays takes room, no more.
      }
    }
    return folder;
  }

  /** Only one process merges or evicts at a time: the one that has this; empty if one has. */
  Optional<FileClaim> claim() throws IOException {
    return FileClaim.create(path.resolve(CLAIM));
  }

  /** Removes a segment; whoever has it open can go on reading it. */
  static void delete(Segment segment) throws IOException {
    Files.deleteIfExists(segment.file());
    Files.deleteIfExists(LastUses.file(segment.file()));
  }

  /** Whether a file in the folder of a version is a store's, also one of an older form. */
  static boolean isOurs(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals(CLAIM)
        || Stream.of(
                SUFFIX,
                Rewrite.UNFINISHED,
                LastUses.SUFFIX,
                LastUses.UNFINISHED,
                Notes.SUFFIX,
                Notes.UNFINISHED)
            .anyMatch(name::endsWith);
  }

  /** Opens all segments. */
  List<Segment> segments() throws IOException {
    return openAll(this::files);
  }

  /** Lists the segments there are at this moment. */
  interface Listing {
    List<Path> files() throws IOException;
  }

  /**
   * Opens all that a listing shows, until it shows nothing new: a merge may take a segment away
   * before it is opened, and while a folder is read it may show neither the merged segment nor
   * those it replaces. Where that does not end, what is open has to do.
   */
  static List<Segment> openAll(Listing listing) throws IOException {
    Map<Path, Segment> opened = new TreeMap<>();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Path> files = listing.files();
      if (opened.keySet().containsAll(files)) {
        break;
      }
      for (Path file : files) {
        if (!opened.containsKey(file)) {
          openUnlessGone(file).ifPresent(segment -> opened.put(file, segment));
        }
      }
    }
    return List.copyOf(opened.values());
  }

  private static Optional<Segment> openUnlessGone(Path file) throws IOException {
    try {
      return Optional.of(Segment.open(file));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // Its frames are in another.
    }
  }

  /** The segments' files, sorted. */
  List<Path> files() throws IOException {
    return list(path, "*" + SUFFIX);
  }

  /** The files that a name pattern matches, sorted. */
  static List<Path> list(Path folder, String pattern) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(files::add);
    }
    files.sort(null);
    return files;
  }
}

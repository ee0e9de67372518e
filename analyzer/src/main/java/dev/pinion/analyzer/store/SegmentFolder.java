// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The folder of one version, with its segments.
 *
 * @param path where it is
 */
record SegmentFolder(Path path) {
  /** Ends the names of segments. */
  static final String SUFFIX = ".facts";

  /** Of the folders of other versions so many are kept, those used last. */
  private static final int OTHERS = 2;

  private static final String PREFIX = "v1-"; // The version of the format on disk.
  private static final Pattern FOLDER = Pattern.compile("v\\d+-[A-Za-z0-9._-]+");
  private static final int ATTEMPTS = 8;

  /** The folder of a version. Where it has to be created, those of old versions are removed. */
  static SegmentFolder open(Path store, String version) throws IOException {
    SegmentFolder folder = new SegmentFolder(store.resolve(PREFIX + version));
    if (!FOLDER.matcher(PREFIX + version).matches()) {
      throw new IOException("'" + version + "' cannot be part of a file name");
    }
    if (!Files.isDirectory(folder.path)) {
      Files.createDirectories(folder.path);
      try {
        prune(store, folder.path);
      } catch (IOException e) {
        return folder; // What stays takes room, no more.
      }
    }
    return folder;
  }

  private static void prune(Path store, Path own) throws IOException {
    record Other(Path path, FileTime used) {}
    List<Other> others = new ArrayList<>();
    for (Path path : list(store, "v*")) {
      boolean ours = FOLDER.matcher(path.getFileName().toString()).matches();
      if (ours && !path.equals(own) && Files.isDirectory(path)) {
        others.add(new Other(path, Files.getLastModifiedTime(path)));
      }
    }
    others.sort(Comparator.comparing(Other::used).reversed());
    for (Other other : others.subList(Math.min(OTHERS, others.size()), others.size())) {
      for (Path file : list(other.path, "*")) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(other.path);
    }
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

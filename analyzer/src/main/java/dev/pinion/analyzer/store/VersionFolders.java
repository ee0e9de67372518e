// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folders of all versions in a store's folder. Other things may be there; they are left alone.
 *
 * @param store the folder
 */
record VersionFolders(Path store) {
  /** The form of what is on disk begins the name of a version's folder. */
  static final String PREFIX = "v2-";

  /** Of the folders of other versions so many are kept, those used last. */
  private static final int OTHERS = 2;

  private static final Pattern FOLDER = Pattern.compile("v\\d+-[A-Za-z0-9._-]+");

  /** The folder of a version, which may not be there. */
  SegmentFolder of(String version) throws IOException {
    if (!FOLDER.matcher(PREFIX + version).matches()) {
      throw new IOException("'" + version + "' cannot be part of a file name");
    }
    return new SegmentFolder(store.resolve(PREFIX + version));
  }

  /** Whether what is in the folder of a version can be read by this one. */
  static boolean isOfThisForm(Path folder) {
    return String.valueOf(folder.getFileName()).startsWith(PREFIX);
  }

  /** All there are, sorted by name. */
  List<Path> all() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path path : SegmentFolder.list(store, "v*")) {
      if (FOLDER.matcher(String.valueOf(path.getFileName())).matches() && Files.isDirectory(path)) {
        folders.add(path);
      }
    }
    return folders;
  }

  /** All but one; that which was used last is the first. */
  List<Path> othersByUse(Path own) throws IOException {
    record Dated(Path folder, FileTime used) {}
    List<Dated> others = new ArrayList<>();
    for (Path folder : all()) {
      if (!folder.equals(own)) {
        others.add(new Dated(folder, Files.getLastModifiedTime(folder)));
      }
    }
    others.sort(Comparator.comparing(Dated::used).reversed());
    return others.stream().map(Dated::folder).toList();
  }

  /** Deletes all but one and the few used last. */
  void deleteMost(Path own) throws IOException {
    List<Path> others = othersByUse(own);
    for (Path other : others.subList(Math.min(OTHERS, others.size()), others.size())) {
      delete(other);
    }
  }

  /** Bytes of the store's files in all of them. */
  long size() throws IOException {
    long size = 0;
    for (Path folder : all()) {
      size += size(folder);
    }
    return size;
  }

  /** Bytes of the store's files in one of them. */
  static long size(Path folder) throws IOException {
    long size = 0;
    for (Path file : files(folder)) {
      size += sizeOf(file);
    }
    return size;
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0; // Merged meanwhile.
    }
  }

  /** Deletes one. Whoever uses it goes on with what is open and forgets what is new. */
  static void delete(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.deleteIfExists(file);
    }
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return; // Somebody keeps something else there.
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    return SegmentFolder.list(folder, "*").stream().filter(SegmentFolder::isOurs).toList();
  }
}

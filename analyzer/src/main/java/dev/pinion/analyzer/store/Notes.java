// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Small things that change, one file each beside the segments. A file is written whole and then
 * renamed into its place, so that readers see an old value or a new one.
 *
 * @param folder of one version's segments
 */
record Notes(Path folder) {
  static final String SUFFIX = ".note";
  static final String UNFINISHED = ".noting";

  private Path file(String name) {
    return folder.resolve(BlobId.of(name.getBytes(StandardCharsets.UTF_8)).hex() + SUFFIX);
  }

  Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void write(String name, byte[] value) throws IOException {
    Path draft = Files.createTempFile(folder, "note", UNFINISHED);
    try {
      Files.write(draft, value);
      Files.move(
          draft, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Forgets all that was noted in a folder; says how many bytes that was. */
  static long deleteAll(Path folder) throws IOException {
    long bytes = 0;
    for (Path note : SegmentFolder.list(folder, "*" + SUFFIX)) {
      bytes += Files.size(note);
      Files.deleteIfExists(note);
    }
    return bytes;
  }
}

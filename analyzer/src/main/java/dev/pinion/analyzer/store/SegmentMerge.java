// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Keeps segments few: puts the frames of some into a new one and then deletes those. A process
 * killed in the midst of it leaves frames twice, never none.
 */
final class SegmentMerge {
  private static final String UNFINISHED = ".merging";

  private SegmentMerge() {}

  /** Merges what there is to merge, unless another process is at it. */
  static void run(SegmentFolder folder) throws IOException {
    Optional<FileClaim> claim = FileClaim.create(folder.path().resolve("merge.lock"));
    if (claim.isEmpty()) {
      return;
    }
    try {
      deleteUnfinished(folder);
      try (MergeChoice choice = MergeChoice.of(folder)) {
        if (!choice.segments().isEmpty()) {
          merge(folder, choice.segments());
        }
      }
    } finally {
      claim.get().close();
    }
  }

  private static void deleteUnfinished(SegmentFolder folder) throws IOException {
    for (Path file : SegmentFolder.list(folder.path(), "*" + UNFINISHED)) {
      Files.deleteIfExists(file);
    }
  }

  private static void merge(SegmentFolder folder, List<Segment> segments) throws IOException {
    SegmentWriter merged = SegmentWriter.create(folder.path(), UNFINISHED);
    try (merged) {
      for (Segment segment : segments) {
        for (Iterator<Frame> frames = segment.frames().iterator(); frames.hasNext(); ) {
          merged.append(frames.next());
        }
      }
      merged.seal();
      merged.force(); // What is deleted next may be on the disk already, so this must be.
      Files.move(
          merged.path(),
          Path.of(merged.path() + SegmentFolder.SUFFIX),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(merged.path());
      throw e;
    }
    for (Segment segment : segments) {
      Files.deleteIfExists(segment.file());
    }
  }
}

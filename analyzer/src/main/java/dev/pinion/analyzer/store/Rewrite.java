// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts frames of some segments into a new one and then deletes those. A process killed in the midst
 * of it leaves frames twice, never none. Costs the reading and writing of what is kept.
 */
final class Rewrite {
  /** Ends the names of segments that are not whole yet. */
  static final String UNFINISHED = ".merging";

  private Rewrite() {}

  /** Which frames are kept. */
  interface Keep {
    boolean isKept(Segment segment, int row);
  }

  /** Replaces segments by one that holds what is kept of them, or by none if that is nothing. */
  static void run(SegmentFolder folder, List<Segment> segments, Keep keep) throws IOException {
    Map<FactKey, Integer> lastUses = new TreeMap<>();
    SegmentWriter writer = SegmentWriter.create(folder.path(), UNFINISHED);
    Path target = Path.of(writer.path() + SegmentFolder.SUFFIX);
    try (writer) {
      for (Segment segment : segments) {
        copy(segment, keep, writer, lastUses);
      }
      if (!lastUses.isEmpty()) {
        writer.seal();
        writer.force(); // What is deleted next may be on the disk already, so this must be.
        // In the order of keys, which is that of rows.
        new LastUses(lastUses.values().stream().mapToInt(Integer::intValue).toArray())
            .keepFor(target);
        Files.move(writer.path(), target, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Files.deleteIfExists(writer.path());
    }
    for (Segment segment : segments) {
      SegmentFolder.delete(segment);
    }
  }

  private static void copy(
      Segment segment, Keep keep, SegmentWriter writer, Map<FactKey, Integer> lastUses)
      throws IOException {
    int[] hours = LastUses.of(segment).hours();
    for (int row = 0; row < hours.length; row++) {
      Optional<Frame> frame = keep.isKept(segment, row) ? segment.frame(row) : Optional.empty();
      if (frame.isPresent()) {
        writer.append(frame.get());
        lastUses.merge(frame.get().key(), hours[row], Math::max);
      }
    }
  }
}

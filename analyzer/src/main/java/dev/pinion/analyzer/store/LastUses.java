// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;

/**
 * When each frame of a sealed segment was last asked for. It is kept in a file beside the segment,
 * which is only ever replaced as a whole and is worth nothing but for the choice of what to evict:
 * without it, or if it does not fit, every frame counts as used when the segment was made.
 */
final class LastUses {
  /** Ends the names of the files these are kept in. */
  static final String SUFFIX = ".used";

  /** Ends the names of files that are about to become one. */
  static final String UNFINISHED = ".using";

  private static final long MARK = 0x50494e55_53454431L; // "PINUSED1"
  private static final long HOUR = 3_600_000;

  private final int[] hours;

  /**
   * @param hours since 1970, by row of the segment's table; not to be changed any more
   */
  LastUses(int[] hours) {
    this.hours = hours;
  }

  /** Hours since 1970, by row of the segment's table; not to be changed. */
  int[] hours() {
    return hours;
  }

  /** All frames of a new segment that holds so many of them. */
  static LastUses all(int rows, int hour) {
    int[] hours = new int[rows];
    Arrays.fill(hours, hour);
    return new LastUses(hours);
  }

  /** The hour of a moment. */
  static int hour(Instant moment) {
    return (int) (moment.toEpochMilli() / HOUR);
  }

  private static int hour(FileTime time) {
    return (int) (time.toMillis() / HOUR);
  }

  /** The uses of a segment's frames, as far as they are known. */
  static LastUses of(Segment segment) throws IOException {
    Path file = file(segment.file());
    int rows = segment.table().size();
    if (segment.state() == Segment.State.SEALED && Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.limit() == Long.BYTES + Integer.BYTES * rows && bytes.getLong() == MARK) {
        int[] hours = new int[rows];
        bytes.asIntBuffer().get(hours);
        return new LastUses(hours);
      }
    }
    return all(rows, hour(Files.getLastModifiedTime(segment.file())));
  }

  /** The same but for rows that were used in this hour. */
  LastUses and(UsedRows used, int hour) {
    int[] later = hours.clone();
    for (int row = 0; row < later.length; row++) {
      if (used.has(row) && later[row] < hour) {
        later[row] = hour;
      }
    }
    return Arrays.equals(later, hours) ? this : new LastUses(later);
  }

  /** Keeps them beside a segment that may not be there yet. */
  void keepFor(Path segment) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES * hours.length).putLong(MARK);
    bytes.asIntBuffer().put(hours);
    Path draft = Files.createTempFile(segment.resolveSibling("").normalize(), "", UNFINISHED);
    try {
      Files.write(draft, bytes.array());
      Files.move(draft, file(segment), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** The file beside a segment. */
  static Path file(Path segment) {
    String name = String.valueOf(segment.getFileName());
    int stem = name.length() - SegmentFolder.SUFFIX.length();
    return segment.resolveSibling(name.substring(0, stem) + SUFFIX);
  }
}

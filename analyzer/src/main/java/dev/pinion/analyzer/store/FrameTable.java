// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the frames of a segment are, sorted by key: rows of blob id, kind and offset. At the end of
 * a segment they are the payload of a frame of their own, and then follow
 *
 * <pre>
 * long  offset of that frame
 * long  mark
 * </pre>
 *
 * <p>It is searched where it lies, so that to open a segment of 60,000 facts costs nothing.
 *
 * @param rows of {@value #ROW} bytes each; position and limit are not to be moved
 */
record FrameTable(ByteBuffer rows) {
  /** Length of a row on disk. */
  static final int ROW = BlobId.BYTES + 4 + 8;

  private static final int TRAILER = 8 + 8;
  private static final long MARK = 0x50494e54_41424c45L; // "PINTABLE"

  /** No fact has this key, as no {@link FactKind} has this code. */
  private static final FactKey KEY = new FactKey(new BlobId(0, 0, 0), -1);

  /** A table of these offsets. */
  static FrameTable of(Map<FactKey, Long> offsets) {
    ByteBuffer rows = ByteBuffer.allocate(ROW * offsets.size());
    new TreeMap<>(offsets)
        .forEach(
            (key, offset) -> {
              key.id().writeTo(rows);
              rows.putInt(key.kind()).putLong(offset);
            });
    return new FrameTable(rows.flip());
  }

  /** The table that ends a segment; empty if there is none or it is damaged. */
  static Optional<FrameTable> endOf(ByteBuffer segment) {
    int trailer = segment.limit() - TRAILER;
    if (trailer < 0 || segment.getLong(trailer + 8) != MARK) {
      return Optional.empty();
    }
    return Frame.at(segment, segment.getLong(trailer))
        .filter(frame -> isTable(frame) && frame.isIntact())
        .map(frame -> new FrameTable(frame.payload()));
  }

  /** Whether a frame is a table and no fact. */
  static boolean isTable(Frame frame) {
    return frame.isOf(KEY.id(), KEY.kind());
  }

  /** Whether the segment ends in an undamaged table at this offset, but for its last bytes. */
  static boolean isCutOff(ByteBuffer segment, long offset) {
    return Frame.at(segment, offset)
        .filter(frame -> isTable(frame) && frame.isIntact())
        .filter(frame -> segment.limit() - offset - frame.length() < TRAILER)
        .isPresent();
  }

  /**
   * The table as it ends a segment.
   *
   * @param offset where it begins
   */
  byte[] bytes(long offset) {
    Frame frame = Frame.of(KEY, rows.slice(), rows.limit());
    return ByteBuffer.allocate(frame.length() + TRAILER)
        .put(frame.toArray())
        .putLong(offset)
        .putLong(MARK)
        .array();
  }

  /** The number of frames. */
  int size() {
    return rows.limit() / ROW;
  }

  /** The row of a key, or -1. */
  int find(BlobId id, int kind) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle * ROW, id, kind);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private int compare(int row, BlobId id, int kind) {
    int order = Long.compareUnsigned(rows.getLong(row), id.high());
    if (order == 0) {
      order = Long.compareUnsigned(rows.getLong(row + 8), id.middle());
    }
    if (order == 0) {
      order = Integer.compareUnsigned(rows.getInt(row + 16), id.low());
    }
    return order == 0 ? Integer.compare(rows.getInt(row + 20), kind) : order;
  }

  /** The key of the frame of a row. */
  FactKey key(int row) {
    return new FactKey(BlobId.from(rows.slice(row * ROW, BlobId.BYTES)), kind(row));
  }

  /** The kind of the frame of a row. */
  int kind(int row) {
    return rows.getInt(row * ROW + 20);
  }

  /** Where the frame of a row begins. */
  long offset(int row) {
    return rows.getLong(row * ROW + 24);
  }
}

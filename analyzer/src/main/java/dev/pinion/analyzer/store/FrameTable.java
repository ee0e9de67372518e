// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/**
 * Where the frames of a segment are, sorted by key, in the form in which it ends a segment: rows of
 * blob id, kind and offset, then
 *
 * <pre>
 * int   number of rows
 * int   CRC-32C of the rows
 * long  mark
 * </pre>
 *
 * <p>It is searched where it lies, so that to open a segment of 60,000 facts costs nothing.
 *
 * @param rows of {@value #ROW} bytes each; position and limit are not to be moved
 */
record FrameTable(ByteBuffer rows) {
  private static final int ROW = BlobId.BYTES + 4 + 8;
  private static final int TRAILER = 4 + 4 + 8;
  private static final long MARK = 0x50494e54_41424c45L; // "PINTABLE"

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
    long count = segment.getInt(trailer);
    if (count < 0 || count * ROW > trailer) {
      return Optional.empty();
    }
    int length = (int) count * ROW;
    FrameTable table = new FrameTable(segment.slice(trailer - length, length));
    return table.checksum() == segment.getInt(trailer + 4) ? Optional.of(table) : Optional.empty();
  }

  /** The table as it ends a segment. */
  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(rows.limit() + TRAILER);
    bytes.put(rows.slice()).putInt(rows.limit() / ROW).putInt(checksum()).putLong(MARK);
    return bytes.flip();
  }

  private int checksum() {
    CRC32C crc = new CRC32C();
    crc.update(rows.slice());
    return (int) crc.getValue();
  }

  /** Where the frame of this key begins, or -1. */
  long find(FactKey key) {
    int low = 0;
    int high = rows.limit() / ROW - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle * ROW, key);
      if (order == 0) {
        return offset(middle);
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Where all the frames begin, in the order of their keys. */
  LongStream offsets() {
    return IntStream.range(0, rows.limit() / ROW).mapToLong(this::offset);
  }

  private int compare(int row, FactKey key) {
    BlobId id = key.id();
    int order = Long.compareUnsigned(rows.getLong(row), id.high());
    if (order == 0) {
      order = Long.compareUnsigned(rows.getLong(row + 8), id.middle());
    }
    if (order == 0) {
      order = Integer.compareUnsigned(rows.getInt(row + 16), id.low());
    }
    return order == 0 ? Integer.compare(rows.getInt(row + 20), key.kind()) : order;
  }

  private long offset(int row) {
    return rows.getLong(row * ROW + 24);
  }
}

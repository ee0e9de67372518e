// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Rows of an earlier listing as they lie on disk, sorted by path: the path, the stat data it had,
 * and what follows. No object is made for a row.
 */
final class StampedRows {
  private static final int STAMP = 4 * Long.BYTES;

  private final ByteBuffer bytes;

  /** Where each row begins. */
  private final int[] rows;

  private StampedRows(ByteBuffer bytes, int[] rows) {
    this.bytes = bytes;
    this.rows = rows;
  }

  /** No row. */
  static StampedRows none() {
    return new StampedRows(ByteBuffer.allocate(0), new int[0]);
  }

  /** Steps over what follows the stamp of a row. */
  interface Rest {
    void skip(ByteBuffer in);
  }

  /**
   * The rows from where the buffer stands, which stands behind them afterwards.
   *
   * @throws java.nio.BufferUnderflowException if they are cut
   * @throws IllegalArgumentException likewise
   */
  static StampedRows read(ByteBuffer in, int count, Rest rest) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = in.position();
      int length = in.getShort() & 0xffff;
      in.position(in.position() + length + STAMP);
      rest.skip(in);
    }
    return new StampedRows(in, rows);
  }

  /** How many bytes a path and its stamp take. */
  static int size(String path) {
    return Short.BYTES + path.length() + STAMP;
  }

  /** Writes what a row begins with. */
  static void write(String path, FileStamp stamp, ByteBuffer out) {
    out.putShort((short) path.length()).put(path.getBytes(StandardCharsets.US_ASCII));
    out.putLong(stamp.size()).putLong(stamp.modified());
    out.putLong(stamp.changed()).putLong(stamp.inode());
  }

  /** How many there are. */
  int count() {
    return rows.length;
  }

  /**
   * Where what follows the stamp of a row begins; -1 if there is no row of that path with exactly
   * this stamp.
   *
   * @param place the number of the row that is looked at first
   */
  int find(String path, FileStamp stamp, int place) {
    int row = place < rows.length && compare(rows[place], path) == 0 ? place : find(path);
    if (row < 0) {
      return -1;
    }
    int at = rows[row] + Short.BYTES + path.length();
    boolean same =
        bytes.getLong(at) == stamp.size()
            && bytes.getLong(at + Long.BYTES) == stamp.modified()
            && bytes.getLong(at + 2 * Long.BYTES) == stamp.changed()
            && bytes.getLong(at + 3 * Long.BYTES) == stamp.inode();
    return same ? at + STAMP : -1;
  }

  /** The number of a path's row, or -1. */
  private int find(String path) {
    int low = 0;
    int high = rows.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = compare(rows[middle], path);
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

  /** Compares the path of a row, which is ASCII, as strings are compared. */
  private int compare(int row, String path) {
    int length = bytes.getShort(row) & 0xffff;
    for (int i = 0; i < length && i < path.length(); i++) {
      int order = bytes.get(row + Short.BYTES + i) - path.charAt(i);
      if (order != 0) {
        return order;
      }
    }
    return length - path.length();
  }
}

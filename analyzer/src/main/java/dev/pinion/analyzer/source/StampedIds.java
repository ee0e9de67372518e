// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Blob ids that an earlier listing of a folder learnt by reading the files, each with the stat data
 * it had then. What git's index is to a repository, this is to a folder outside of one.
 *
 * <p>Size and modification time alone prove nothing: both survive an edit that sets the time back.
 * The change time and the inode are compared as well, and a file that was younger than {@link
 * #RACY_NANOS} when it was listed is not kept at all, because it may have been written again within
 * the same tick of the file system's clock.
 */
final class StampedIds {
  /** Two seconds is the coarsest tick in use, that of FAT. */
  static final long RACY_NANOS = 2_000_000_000L;

  private static final long MARK = 0x50494e53_54414d32L; // "PINSTAM2"
  private static final int LISTING = 40;
  private static final int HEADER = Long.BYTES + Integer.BYTES + LISTING;
  private static final int STAMP = 4 * Long.BYTES;

  /** As it is on disk; rows are compared where they lie. */
  private final ByteBuffer bytes;

  /** Where each row begins; they are sorted by path. */
  private final int[] rows;

  private final String listing;

  private StampedIds(ByteBuffer bytes, int[] rows, String listing) {
    this.bytes = bytes;
    this.rows = rows;
    this.listing = listing;
  }

  /** Nothing is known. */
  static StampedIds none() {
    return new StampedIds(ByteBuffer.allocate(0), new int[0], "");
  }

  /**
   * Reads what {@link Draft#write} wrote. Without it, or if it is damaged, nothing is known. Makes
   * no object for a row.
   */
  static StampedIds read(Path file) {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      int body = in.limit() - Integer.BYTES;
      if (body < HEADER
          || in.getLong(0) != MARK
          || in.getInt(body) != checksum(in.slice(0, body))) {
        return none();
      }
      byte[] name = new byte[LISTING];
      in.position(HEADER - LISTING).get(name).limit(body);
      int[] rows = new int[in.getInt(Long.BYTES)];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = in.position();
        int length = in.getShort() & 0xffff;
        in.position(in.position() + length + STAMP + BlobId.BYTES);
      }
      return new StampedIds(in, rows, new String(name, StandardCharsets.US_ASCII).trim());
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      return none();
    }
  }

  /** The name of the whole listing, if every file of it is known; empty if that has none. */
  String listing() {
    return listing;
  }

  /** How many files are known. */
  int size() {
    return rows.length;
  }

  /**
   * The id of a file's content, if it was known with exactly this stamp.
   *
   * @param place of the file in its listing, sorted by path: where in this one it is looked for
   *     first, and found if the files are the same
   */
  Optional<BlobId> idOf(String path, FileStamp stamp, int place) {
    int row = place < rows.length && compare(rows[place], path) == 0 ? place : find(path);
    if (row < 0) {
      return Optional.empty();
    }
    int at = rows[row] + Short.BYTES + path.length();
    boolean same =
        stamp.type() == FileStamp.Type.REGULAR
            && bytes.getLong(at) == stamp.size()
            && bytes.getLong(at + Long.BYTES) == stamp.modified()
            && bytes.getLong(at + 2 * Long.BYTES) == stamp.changed()
            && bytes.getLong(at + 3 * Long.BYTES) == stamp.inode();
    return same
        ? Optional.of(BlobId.from(bytes.slice(at + STAMP, BlobId.BYTES)))
        : Optional.empty();
  }

  /** The row of a path, or -1. */
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

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** What the listing that is being made will leave for the next one. */
  static final class Draft {
    private final long horizon;
    private String listing;
    private final Map<String, Row> rows = new TreeMap<>();

    private record Row(FileStamp stamp, BlobId id) {}

    /**
     * @param begun the time in nanoseconds of the epoch, taken before any file was looked at
     * @param listing the name of the listing, of 40 characters; or empty
     */
    Draft(long begun, String listing) {
      this.listing = listing;
      this.horizon = begun - RACY_NANOS;
    }

    private static String padded(String name) {
      return " ".repeat(LISTING - name.length()) + name;
    }

    /** Notes what a file's content was when its stamp was this, if that can prove anything. */
    void add(String path, FileStamp stamp, BlobId id) {
      boolean settled = Math.max(stamp.modified(), stamp.changed()) < horizon;
      if (settled && stamp.type() == FileStamp.Type.REGULAR && PathText.isPlain(path)) {
        rows.put(path, new Row(stamp, id));
      } else {
        listing = ""; // It is of more files than will be known.
      }
    }

    /**
     * Replaces the file as a whole, so that whoever reads it sees either state.
     *
     * @throws IOException if it cannot be written; the file is then as it was
     */
    void write(Path file) throws IOException {
      int size = HEADER + Integer.BYTES;
      for (String path : rows.keySet()) {
        size += Short.BYTES + path.length() + STAMP + BlobId.BYTES;
      }
      ByteBuffer out = ByteBuffer.allocate(size).putLong(MARK).putInt(rows.size());
      out.put(padded(listing).getBytes(StandardCharsets.US_ASCII));
      rows.forEach(
          (path, row) -> {
            out.putShort((short) path.length()).put(path.getBytes(StandardCharsets.US_ASCII));
            out.putLong(row.stamp.size()).putLong(row.stamp.modified());
            out.putLong(row.stamp.changed()).putLong(row.stamp.inode());
            row.id.writeTo(out);
          });
      out.putInt(checksum(out.slice(0, out.position())));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "ids", ".tmp");
      try {
        Files.write(draft, out.array());
        Files.move(
            draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
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

  private final Map<String, Row> rows;
  private final String listing;

  private record Row(FileStamp stamp, BlobId id) {}

  private StampedIds(Map<String, Row> rows, String listing) {
    this.rows = rows;
    this.listing = listing;
  }

  /** Nothing is known. */
  static StampedIds none() {
    return new StampedIds(Map.of(), "");
  }

  /** Reads what {@link Draft#write} wrote. Without it, or if it is damaged, nothing is known. */
  static StampedIds read(Path file) {
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
      int body = in.limit() - Integer.BYTES;
      if (body < HEADER
          || in.getLong(0) != MARK
          || in.getInt(body) != checksum(in.slice(0, body))) {
        return none();
      }
      int count = in.getInt(Long.BYTES);
      byte[] name = new byte[LISTING];
      in.position(HEADER - LISTING).get(name).limit(body);
      Map<String, Row> rows = new HashMap<>(count * 2);
      for (int i = 0; i < count; i++) {
        String path = path(in);
        FileStamp stamp =
            new FileStamp(
                FileStamp.Type.REGULAR, in.getLong(), in.getLong(), in.getLong(), in.getLong());
        rows.put(path, new Row(stamp, BlobId.from(in)));
      }
      return new StampedIds(rows, new String(name, StandardCharsets.US_ASCII).trim());
    } catch (IOException | BufferUnderflowException e) {
      return none();
    }
  }

  private static String path(ByteBuffer in) {
    byte[] name = new byte[in.getShort() & 0xffff];
    in.get(name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  /** The name of the whole listing, if every file of it is known; empty if that has none. */
  String listing() {
    return listing;
  }

  /** How many files are known. */
  int size() {
    return rows.size();
  }

  /** The id of a file's content, if it was known with exactly this stamp. */
  Optional<BlobId> idOf(String path, FileStamp stamp) {
    Row row = rows.get(path);
    return row != null && row.stamp.equals(stamp) ? Optional.of(row.id) : Optional.empty();
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

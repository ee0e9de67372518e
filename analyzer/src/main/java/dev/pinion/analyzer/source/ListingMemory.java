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
 * What an earlier listing of a folder learnt by reading: the blob ids of files and the names in
 * folders, each with the stat data they had then. What git's index is to a repository, this is to a
 * folder outside of one.
 *
 * <p>Size and modification time alone prove nothing: both survive an edit that sets the time back.
 * The change time and the inode are compared as well, and what was younger than {@link #RACY_NANOS}
 * when it was listed is not kept at all, because it may have been written again within the same
 * tick of the file system's clock.
 */
final class ListingMemory {
  /** Two seconds is the coarsest tick in use, that of FAT. */
  static final long RACY_NANOS = 2_000_000_000L;

  /** Changes when names of listings are made in another way, or other files are sources. */
  private static final long MARK = 0x50494e53_54414d33L; // "PINSTAM3"

  private static final int LISTING = 40;
  private static final int HEADER = Long.BYTES + 2 * Integer.BYTES + LISTING;

  private final ByteBuffer bytes;
  private final StampedRows files;
  private final StampedFolders folders;
  private final String listing;

  private ListingMemory(
      ByteBuffer bytes, StampedRows files, StampedFolders folders, String listing) {
    this.bytes = bytes;
    this.files = files;
    this.folders = folders;
    this.listing = listing;
  }

  /** Nothing is known. */
  static ListingMemory none() {
    return new ListingMemory(ByteBuffer.allocate(0), StampedRows.none(), StampedFolders.none(), "");
  }

  /**
   * Reads what {@link Draft#write} wrote. Without it, or if it is damaged, nothing is known. Makes
   * no object for a row.
   */
  static ListingMemory read(Path file) {
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
      StampedRows files =
          StampedRows.read(in, in.getInt(Long.BYTES), b -> b.position(b.position() + BlobId.BYTES));
      StampedFolders folders = StampedFolders.read(in, in.getInt(Long.BYTES + Integer.BYTES));
      return new ListingMemory(
          in, files, folders, new String(name, StandardCharsets.US_ASCII).trim());
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
    return files.count();
  }

  /** What is known of folders. */
  StampedFolders folders() {
    return folders;
  }

  /**
   * The id of a file's content, if it was known with exactly this stamp.
   *
   * @param place of the file in its listing, sorted by path: where in this one it is looked for
   *     first, and found if the files are the same
   */
  Optional<BlobId> idOf(String path, FileStamp stamp, int place) {
    int at = files.find(path, stamp, place);
    return at < 0 || stamp.type() != FileStamp.Type.REGULAR
        ? Optional.empty()
        : Optional.of(BlobId.from(bytes.slice(at, BlobId.BYTES)));
  }

  /**
   * Whether what was in a folder after its stamp was taken can prove anything to a later listing.
   *
   * @param begun when this listing began
   */
  static boolean keeps(String path, StampedFolders.Row folder, long begun) {
    return isSettled(folder.stamp(), begun) && folder.isPlain(path);
  }

  private static boolean isSettled(FileStamp stamp, long begun) {
    return Math.max(stamp.modified(), stamp.changed()) < begun - RACY_NANOS;
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** What the listing that is being made will leave for the next one. */
  static final class Draft {
    private final long begun;
    private String listing;
    private final Map<String, FileRow> files = new TreeMap<>();
    private final Map<String, StampedFolders.Row> folders = new TreeMap<>();

    private record FileRow(FileStamp stamp, BlobId id) {}

    /**
     * @param begun the time in nanoseconds of the epoch, taken before any file was looked at
     * @param listing the name of the listing, of 40 characters; or empty
     */
    Draft(long begun, String listing) {
      this.listing = listing;
      this.begun = begun;
    }

    private static String padded(String name) {
      return " ".repeat(LISTING - name.length()) + name;
    }

    /** Notes what a file's content was when its stamp was this, if that can prove anything. */
    void add(String path, FileStamp stamp, BlobId id) {
      if (isSettled(stamp, begun)
          && stamp.type() == FileStamp.Type.REGULAR
          && PathText.isPlain(path)) {
        files.put(path, new FileRow(stamp, id));
      } else {
        listing = ""; // It is of more files than will be known.
      }
    }

    /** Notes what was in a folder after its stamp was taken, if that can prove anything. */
    void add(String path, StampedFolders.Row folder) {
      if (keeps(path, folder, begun)) {
        folders.put(path, folder);
      }
    }

    /**
     * Replaces the file as a whole, so that whoever reads it sees either state.
     *
     * @throws IOException if it cannot be written; the file is then as it was
     */
    void write(Path file) throws IOException {
      int size = HEADER + Integer.BYTES;
      for (String path : files.keySet()) {
        size += StampedRows.size(path) + BlobId.BYTES;
      }
      for (Map.Entry<String, StampedFolders.Row> folder : folders.entrySet()) {
        size += folder.getValue().size(folder.getKey());
      }
      ByteBuffer out = ByteBuffer.allocate(size).putLong(MARK);
      out.putInt(files.size()).putInt(folders.size());
      out.put(padded(listing).getBytes(StandardCharsets.US_ASCII));
      files.forEach(
          (path, row) -> {
            StampedRows.write(path, row.stamp, out);
            row.id.writeTo(out);
          });
      folders.forEach((path, row) -> row.write(path, out));
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

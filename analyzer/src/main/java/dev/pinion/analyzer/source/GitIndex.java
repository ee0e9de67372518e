// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The source files git tracks in a work tree, and the blob ids of those that surely have not
 * changed since they were staged.
 *
 * <p>JGit's {@code DirCache} reads the same file, but costs 0.6 s in a fresh virtual machine and
 * gives neither nanoseconds of change times nor inodes, without which an edited file whose
 * modification time was set back looks clean.
 */
final class GitIndex {
  /**
   * A file changed less than this before the index was written may have changed again within the
   * same tick of the file system's clock. Two seconds is the coarsest tick in use.
   */
  private static final long RACY_NANOS = 2_000_000_000L;

  private static final BlobId EMPTY_BLOB =
      BlobId.fromHex("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");

  private static final int SIGNATURE = 0x44495243; // "DIRC"
  private static final int STAT_BYTES = 40;
  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;
  private static final int STAGE_MASK = 0x3000;
  private static final int EXTENDED = 0x4000;
  private static final int NAME_MASK = 0x0fff;

  private final long written;
  private final Map<String, Optional<Entry>> entries = new HashMap<>();
  private final Set<String> folders = new HashSet<>();

  private record Entry(
      BlobId id,
      int size,
      int inode,
      int modifiedSeconds,
      int modifiedNanos,
      int changedSeconds,
      int changedNanos) {}

  private GitIndex(long written) {
    this.written = written;
  }

  /** The index of a work tree in which nothing is tracked. */
  static GitIndex empty() {
    return new GitIndex(0);
  }

  /**
   * Reads an index file; an absent one is that of a repository without any file.
   *
   * @param file the index
   * @param prefix only files below this folder count, and their paths are relative to it; empty, or
   *     ends in {@code /}
   * @throws IOException if it is unreadable, damaged or of a form not known here
   */
  static GitIndex read(Path file, String prefix) throws IOException {
    if (!Files.exists(file)) {
      return empty();
    }
    // The time is taken before the content: if git replaces the file in between, too many entries
    // count as racy, never too few.
    GitIndex index = new GitIndex(FileStamp.of(file).modified());
    try {
      index.parse(ByteBuffer.wrap(Files.readAllBytes(file)), prefix);
    } catch (RuntimeException e) { // Underflow and the like: whatever a damaged file leads to.
      throw new IOException("damaged", e);
    }
    return index;
  }

  /** Whether git tracks no source file here. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether git tracks this file. */
  boolean tracks(String path) {
    return entries.containsKey(path);
  }

  /** Whether git tracks a source file somewhere below this folder. */
  boolean tracksBelow(String folder) {
    return folders.contains(folder);
  }

  /** The id of a file's content, if the index proves that it is still what was staged. */
  Optional<BlobId> idOf(String path, FileStamp stamp) {
    return entries
        .getOrDefault(path, Optional.empty())
        .filter(e -> isSame(e, stamp))
        .map(Entry::id);
  }

  private boolean isSame(Entry entry, FileStamp stamp) {
    return stamp.type() == FileStamp.Type.REGULAR
        && entry.size == (int) stamp.size()
        && entry.inode == (int) stamp.inode()
        && isTime(stamp.modified(), entry.modifiedSeconds, entry.modifiedNanos)
        && isTime(stamp.changed(), entry.changedSeconds, entry.changedNanos)
        && Math.max(stamp.modified(), stamp.changed()) < written - RACY_NANOS
        // Git marks an entry it could not vouch for by size 0 ("smudged").
        && (entry.size != 0 || entry.id.equals(EMPTY_BLOB));
  }

  private static boolean isTime(long nanos, int seconds, int fraction) {
    return (int) Math.floorDiv(nanos, 1_000_000_000L) == seconds
        && (int) Math.floorMod(nanos, 1_000_000_000L) == fraction;
  }

  private void parse(ByteBuffer in, String prefix) throws IOException {
    if (in.getInt() != SIGNATURE) {
      throw new IOException("not a git index");
    }
    int version = in.getInt();
    if (version < 2 || version > 4) {
      throw new IOException("version " + version + " is not known");
    }
    int count = in.getInt();
    byte[] name = new byte[0];
    for (int i = 0; i < count; i++) {
      name = parseEntry(in, version, name, prefix);
    }
    rejectRequiredExtensions(in);
  }

  private byte[] parseEntry(ByteBuffer in, int version, byte[] previous, String prefix)
      throws IOException {
    int start = in.position();
    in.position(start + STAT_BYTES);
    BlobId id = BlobId.from(in);
    int flags = in.getShort() & 0xffff;
    // Extended flags are "skip-worktree" and "intent to add": the id is not that of the file.
    int extended = (flags & EXTENDED) == 0 ? 0 : in.getShort();
    int shared = version == 4 ? previous.length - strippedLength(in) : 0;
    int known = flags & NAME_MASK;
    int length = (known < NAME_MASK ? known - shared : lengthToNul(in));
    byte[] name = Arrays.copyOf(previous, shared + length);
    in.get(name, shared, length);
    if (in.get() != 0) {
      throw new IOException("damaged, or of another hash than SHA-1");
    }
    if (version < 4) { // Padded with 1 to 8 zeros, the one just read among them.
      in.position(start + (in.position() - start + 7) / 8 * 8);
    }
    String path = PathText.of(name);
    if (path.startsWith(prefix) && SourceFile.Kind.of(path).isPresent()) {
      boolean usable =
          (in.getInt(start + 24) & TYPE_MASK) == REGULAR
              && (flags & STAGE_MASK) == 0
              && extended == 0;
      add(
          path.substring(prefix.length()),
          usable ? Optional.of(entry(in, start, id)) : Optional.empty());
    }
    return name;
  }

  /** How many bytes of the previous name's end to drop, in git's offset encoding. */
  private static int strippedLength(ByteBuffer in) {
    int next = in.get();
    int value = next & 0x7f;
    while ((next & 0x80) != 0) {
      next = in.get();
      value = ((value + 1) << 7) + (next & 0x7f);
    }
    return value;
  }

  private static int lengthToNul(ByteBuffer in) {
    int length = 0;
    while (in.get(in.position() + length) != 0) {
      length++;
    }
    return length;
  }

  private static Entry entry(ByteBuffer in, int start, BlobId id) {
    return new Entry(
        id,
        in.getInt(start + 36),
        in.getInt(start + 20),
        in.getInt(start + 8),
        in.getInt(start + 12),
        in.getInt(start),
        in.getInt(start + 4));
  }

  private void add(String path, Optional<Entry> entry) {
    entries.put(path, entry);
    int slash = path.lastIndexOf('/');
    while (slash > 0 && folders.add(path.substring(0, slash))) {
      slash = path.lastIndexOf('/', slash - 1);
    }
  }

  /** Extensions whose name begins in lower case change what the entries mean: split, sparse. */
  private static void rejectRequiredExtensions(ByteBuffer in) throws IOException {
    while (in.remaining() >= BlobId.BYTES + 8) {
      byte first = in.get(in.position());
      if (first < 'A' || first > 'Z') {
        throw new IOException("a split or sparse index, which is not supported");
      }
      int length = in.getInt(in.position() + 4);
      in.position(in.position() + 8 + length);
    }
  }
}

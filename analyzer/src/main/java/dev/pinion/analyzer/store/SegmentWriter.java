// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A segment that this process appends to. It is locked as long as it is written, by which others
 * tell it from one whose process was killed.
 *
 * <p>Not a {@code FileChannel}: that closes itself when a thread in it is interrupted, which is how
 * an analysis is cancelled.
 */
final class SegmentWriter implements AutoCloseable {
  private static final int ATTEMPTS = 10;

  private final Path path;
  private final RandomAccessFile file;
  private final Map<FactKey, Long> offsets = new ConcurrentHashMap<>();
  private long end = Segment.HEADER;
  private boolean sealed;

  private SegmentWriter(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /** Begins a segment with a new name that ends in {@code suffix}. */
  static SegmentWriter create(Path folder, String suffix) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path path = Files.createTempFile(folder, "", suffix);
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      try {
        // Between creation and lock another process may take it for one left behind, and remove it.
        if (FileClaim.lock(file.getChannel()) && Files.exists(path)) {
          file.writeLong(Segment.MARK);
          return new SegmentWriter(path, file);
        }
      } catch (IOException e) {
        file.close();
        throw e;
      }
      file.close();
    }
    throw new IOException("other processes keep removing new files");
  }

  Path path() {
    return path;
  }

  /** Bytes of it so far. */
  synchronized long size() {
    return end;
  }

  boolean has(FactKey key) {
    return offsets.containsKey(key);
  }

  /** Appends a frame, unless there is one of its key. After an error the segment is as before. */
  synchronized void append(Frame frame) throws IOException {
    FactKey key = frame.key();
    if (offsets.containsKey(key)) {
      return;
    }
    if (sealed) {
      throw new IOException("it is closed already");
    }
    write(frame.toArray());
    offsets.put(key, end);
    end += frame.length();
  }

  private void write(byte[] bytes) throws IOException {
    try {
      file.seek(end);
      file.write(bytes);
    } catch (IOException e) {
      file.setLength(end); // A full disk may have taken a part.
      throw e;
    }
  }

  /** The frame of a key, read back. */
  synchronized Optional<Frame> find(FactKey key) throws IOException {
    Long offset = offsets.get(key);
    if (offset == null) {
      return Optional.empty();
    }
    file.seek(offset);
    byte[] bytes = new byte[Frame.OVERHEAD + file.readInt()];
    file.seek(offset);
    file.readFully(bytes);
    return Frame.at(ByteBuffer.wrap(bytes), 0).filter(Frame::isIntact);
  }

  /** Ends the segment with its table, after which nothing can be appended. */
  synchronized void seal() throws IOException {
    sealed = true; // Others rely on the table from now on; a late fact must not be put over it.
    write(FrameTable.of(offsets).bytes(end));
  }

  /** Makes what was written survive a power failure. */
  void force() throws IOException {
    file.getFD().sync();
  }

  /** Closes the file and so releases the lock. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}

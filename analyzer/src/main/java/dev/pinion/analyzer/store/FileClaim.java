// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that no other process has locked, and none can lock until this is closed. The system drops
 * the locks of a process that dies, however it dies.
 *
 * <p>It also drops them as soon as the process closes any channel of the file, even one that never
 * locked it (POSIX). So what is read while it is claimed is to be read by {@link #segment}, never
 * through a channel of its own.
 *
 * @param file that is claimed
 * @param channel that holds the lock
 */
record FileClaim(Path file, FileChannel channel) implements AutoCloseable {
  /** Claims a file that may not exist yet. */
  static Optional<FileClaim> create(Path file) throws IOException {
    return claim(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Claims a segment that exists. */
  static Optional<FileClaim> of(Path file) throws IOException {
    return claim(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static Optional<FileClaim> claim(Path file, OpenOption... options) throws IOException {
    FileChannel channel = FileChannel.open(file, options);
    if (lock(channel)) {
      return Optional.of(new FileClaim(file, channel));
    }
    channel.close();
    return Optional.empty();
  }

  /** Whether the lock was free; it is held until the channel is closed. */
  @SuppressWarnings("resource") // The lock lives as long as its channel.
  static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // Another store of this very process has it.
    }
  }

  /** The segment as it is now, and as it stays while it is claimed. */
  Segment segment() throws IOException {
    return Segment.of(file, channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

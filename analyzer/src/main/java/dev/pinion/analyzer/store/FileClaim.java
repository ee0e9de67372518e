// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that no other process has locked, and none can lock until this is closed. The system drops
 * the locks of a process that dies, however it dies.
 */
record FileClaim(FileChannel channel) implements AutoCloseable {
  /** Claims a file that may not exist yet. */
  static Optional<FileClaim> create(Path file) throws IOException {
    return claim(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Claims a file that exists. */
  static Optional<FileClaim> of(Path file) throws IOException {
    return claim(FileChannel.open(file, StandardOpenOption.WRITE));
  }

  private static Optional<FileClaim> claim(FileChannel channel) throws IOException {
    if (lock(channel)) {
      return Optional.of(new FileClaim(channel));
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

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

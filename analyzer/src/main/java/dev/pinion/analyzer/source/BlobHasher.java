// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Computes the blob ids of files on any number of threads, each with buffers that are reused. */
final class BlobHasher {
  private final Queue<Buffers> idle = new ConcurrentLinkedQueue<>();

  private static final class Buffers {
    final MessageDigest sha1 = BlobId.sha1();
    final ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 17);
    byte[] content = new byte[1 << 17];
  }

  /**
   * Reads a file whole, because its length comes first in what is hashed and a file may grow.
   *
   * @return its id
   * @throws IOException if it cannot be read, or has become larger than {@link Content#LIMIT}
   */
  BlobId hash(Path file) throws IOException {
    Buffers pooled = idle.poll();
    Buffers buffers = pooled == null ? new Buffers() : pooled;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int length = 0;
      while (channel.read(buffers.chunk.clear()) >= 0) {
        buffers.chunk.flip();
        int end = length + buffers.chunk.remaining();
        if (end > Content.LIMIT) {
          throw new IOException(Content.tooLarge(end));
        }
        if (end > buffers.content.length) {
          buffers.content = Arrays.copyOf(buffers.content, Math.max(end, 2 * length));
        }
        buffers.chunk.get(buffers.content, length, end - length);
        length = end;
      }
      return BlobId.of(buffers.sha1, buffers.content, length);
    } finally {
      idle.add(buffers);
    }
  }
}

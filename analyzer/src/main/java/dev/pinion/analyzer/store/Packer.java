// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Deflates and inflates, from any thread. Keeps what it does that with: a deflater has a quarter of
 * a megabyte outside of the heap, and to make one for each of 60,000 facts costs more than to
 * deflate a small one.
 */
final class Packer implements AutoCloseable {
  /** Deflating less than this saves less than the time for it is worth. */
  private static final int SMALL = 256;

  private final Queue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
  private final Queue<Inflater> inflaters = new ConcurrentLinkedQueue<>();

  /** The bytes as they are to be kept: themselves, or deflated where that makes them smaller. */
  byte[] pack(byte[] fact, FactKind.Packing packing) {
    return packing == FactKind.Packing.DEFLATED && fact.length >= SMALL ? deflate(fact) : fact;
  }

  private byte[] deflate(byte[] fact) {
    Deflater idle = deflaters.poll();
    Deflater deflater = idle == null ? new Deflater(Deflater.BEST_SPEED) : idle;
    deflater.setInput(fact);
    deflater.finish();
    byte[] packed = new byte[fact.length - 1]; // No room for what would not be smaller.
    int length = deflater.deflate(packed);
    byte[] result = deflater.finished() ? Arrays.copyOf(packed, length) : fact;
    deflater.reset();
    deflaters.add(deflater);
    return result;
  }

  /**
   * The bytes that were packed.
   *
   * @param packed from its position to its limit
   * @param length of the result; the same as that of {@code packed} where nothing was deflated
   * @return empty only if a program other than this one packed them
   */
  Optional<byte[]> unpack(ByteBuffer packed, int length) {
    byte[] fact = new byte[length];
    if (packed.remaining() == length) {
      packed.get(fact);
      return Optional.of(fact);
    }
    Inflater idle = inflaters.poll();
    Inflater inflater = idle == null ? new Inflater() : idle;
    try {
      inflater.setInput(packed);
      return inflater.inflate(fact) == length && inflater.finished()
          ? Optional.of(fact)
          : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.reset();
      inflaters.add(inflater);
    }
  }

  /** Gives the memory back now; without this the garbage collector does. */
  @Override
  public void close() {
    for (Deflater d = deflaters.poll(); d != null; d = deflaters.poll()) {
      d.end();
    }
    for (Inflater i = inflaters.poll(); i != null; i = inflaters.poll()) {
      i.end();
    }
  }
}

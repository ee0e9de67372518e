// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One fact as it is on disk:
 *
 * <pre>
 * int  length of the payload
 * int  length of the fact: if it differs, the payload is the fact deflated
 * 20   blob id
 * int  code of the kind
 * ...  payload
 * int  CRC-32C of all before
 * </pre>
 *
 * @param bytes the whole of it, checked; position and limit are not to be moved
 */
record Frame(ByteBuffer bytes) {
  private static final int HEADER = 4 + 4 + BlobId.BYTES + 4;

  /** Length of a frame with an empty payload. */
  static final int OVERHEAD = HEADER + 4;

  /** Deflating less than this saves less than the time for it is worth. */
  private static final int SMALL = 256;

  /** Makes a frame of a fact. */
  static Frame of(BlobId id, FactKind kind, byte[] fact) {
    byte[] payload =
        kind.packing() == FactKind.Packing.DEFLATED && fact.length >= SMALL ? deflate(fact) : fact;
    ByteBuffer bytes = ByteBuffer.allocate(OVERHEAD + payload.length);
    bytes.putInt(payload.length).putInt(fact.length);
    id.writeTo(bytes);
    bytes.putInt(kind.code()).put(payload);
    bytes.putInt(checksum(bytes.array(), bytes.position()));
    return new Frame(bytes.flip());
  }

  /** The frame at a place in a segment; empty if there is none that is whole and undamaged. */
  static Optional<Frame> at(ByteBuffer segment, long offset) {
    long room = segment.limit() - offset - OVERHEAD;
    if (offset < 0 || room < 0) {
      return Optional.empty();
    }
    int length = segment.getInt((int) offset);
    if (length < 0 || length > room) {
      return Optional.empty();
    }
    ByteBuffer bytes = segment.slice((int) offset, OVERHEAD + length);
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, HEADER + length));
    return bytes.getInt(HEADER + length) == (int) crc.getValue()
        ? Optional.of(new Frame(bytes))
        : Optional.empty();
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  FactKey key() {
    ByteBuffer from = bytes.slice(8, BlobId.BYTES + 4);
    return new FactKey(BlobId.from(from), from.getInt());
  }

  /** A copy of it as it is on disk. */
  byte[] toArray() {
    byte[] copy = new byte[length()];
    bytes.get(0, copy);
    return copy;
  }

  /** Its length on disk. */
  int length() {
    return bytes.limit();
  }

  /** The fact; empty only if a program other than this one made the frame. */
  Optional<byte[]> fact() {
    byte[] payload = new byte[bytes.getInt(0)];
    bytes.get(HEADER, payload);
    int length = bytes.getInt(4);
    return length == payload.length ? Optional.of(payload) : inflate(payload, length);
  }

  /** The bytes deflated, or themselves if that does not make them smaller. */
  private static byte[] deflate(byte[] fact) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(fact);
      deflater.finish();
      byte[] packed = new byte[fact.length - 1]; // No room for what would not be smaller.
      int length = deflater.deflate(packed);
      return deflater.finished() ? Arrays.copyOf(packed, length) : fact;
    } finally {
      deflater.end();
    }
  }

  private static Optional<byte[]> inflate(byte[] payload, int length) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(payload);
      byte[] fact = new byte[length];
      return inflater.inflate(fact) == length && inflater.finished()
          ? Optional.of(fact)
          : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }
}

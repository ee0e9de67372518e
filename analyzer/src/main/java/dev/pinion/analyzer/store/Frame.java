// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

import dev.pinion.analyzer.source.BlobId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One fact as it is on disk:
 *
 * <pre>
 * int  length of the payload
 * int  length of the fact: if it differs, the payload is the fact deflated
 * 20   blob id
 * int  code of the kind
 * int  CRC-32C of the payload
 * int  CRC-32C of all before
 * ...  payload
 * </pre>
 *
 * <p>The header has a checksum of its own so that a frame which a killed process did not finish can
 * be told from one that was damaged, and so that frames can be walked without reading payloads.
 *
 * @param bytes the whole of it; position and limit are not to be moved
 */
record Frame(ByteBuffer bytes) {
  private static final int KIND = 4 + 4 + BlobId.BYTES;
  private static final int PAYLOAD_CHECKSUM = KIND + 4;
  private static final int HEADER_CHECKSUM = PAYLOAD_CHECKSUM + 4;

  /** Length of a frame with an empty payload. */
  static final int OVERHEAD = HEADER_CHECKSUM + 4;

  /** Makes a frame of a fact. */
  static Frame of(BlobId id, FactKind kind, byte[] fact, Packer packer) {
    byte[] payload = packer.pack(fact, kind.packing());
    return of(new FactKey(id, kind.code()), ByteBuffer.wrap(payload), fact.length);
  }

  /** Makes a frame of what is packed already. */
  static Frame of(FactKey key, ByteBuffer payload, int unpacked) {
    ByteBuffer bytes = ByteBuffer.allocate(OVERHEAD + payload.remaining());
    bytes.putInt(payload.remaining()).putInt(unpacked);
    key.id().writeTo(bytes);
    bytes.putInt(key.kind()).putInt(checksum(payload.slice()));
    bytes.putInt(checksum(bytes.slice(0, HEADER_CHECKSUM))).put(payload);
    return new Frame(bytes.flip());
  }

  /**
   * The frame at a place in a segment; empty if there is none, it is not whole, or its header is
   * damaged. Of its payload only the length has been looked at: see {@link #isIntact}.
   */
  static Optional<Frame> at(ByteBuffer segment, long offset) {
    long room = segment.limit() - offset - OVERHEAD;
    if (!isHeader(segment, offset) || segment.getInt((int) offset) > room) {
      return Optional.empty();
    }
    return Optional.of(
        new Frame(segment.slice((int) offset, OVERHEAD + segment.getInt((int) offset))));
  }

  /** Whether the segment ends in the beginning of a frame, as a killed process leaves it. */
  static boolean isCutOff(ByteBuffer segment, long offset) {
    return segment.limit() - offset < OVERHEAD || isHeader(segment, offset);
  }

  private static boolean isHeader(ByteBuffer segment, long offset) {
    if (offset < 0 || segment.limit() - offset < OVERHEAD) {
      return false;
    }
    int start = (int) offset;
    return segment.getInt(start) >= 0
        && segment.getInt(start + 4) >= 0
        && segment.getInt(start + HEADER_CHECKSUM)
            == checksum(segment.slice(start, HEADER_CHECKSUM));
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Whether the payload is as it was written. */
  boolean isIntact() {
    return checksum(payload()) == bytes.getInt(PAYLOAD_CHECKSUM);
  }

  boolean isOf(BlobId id, int kind) {
    return bytes.getLong(8) == id.high()
        && bytes.getLong(16) == id.middle()
        && bytes.getInt(24) == id.low()
        && bytes.getInt(KIND) == kind;
  }

  FactKey key() {
    ByteBuffer from = bytes.slice(8, BlobId.BYTES);
    return new FactKey(BlobId.from(from), bytes.getInt(KIND));
  }

  /** The payload as it is on disk. */
  ByteBuffer payload() {
    return bytes.slice(OVERHEAD, length() - OVERHEAD);
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
  Optional<byte[]> fact(Packer packer) {
    return packer.unpack(payload(), bytes.getInt(4));
  }
}

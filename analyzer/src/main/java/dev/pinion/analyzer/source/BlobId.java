// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * The name git gives to a file's content: the SHA-1 of {@code blob <length>\0<bytes>}. Two files
 * with one id have the same bytes, in whatever tree, commit or machine they are.
 *
 * <p>The 20 bytes are held as numbers, not as an array, because a kernel tree has 65,000 of them.
 *
 * @param high bytes 0 to 7, big-endian
 * @param middle bytes 8 to 15
 * @param low bytes 16 to 19
 */
public record BlobId(long high, long middle, int low) implements Comparable<BlobId> {
  /** Length of an id in bytes. */
  public static final int BYTES = 20;

  private static final Comparator<BlobId> ORDER =
      Comparator.comparing(BlobId::high, Long::compareUnsigned)
          .thenComparing(BlobId::middle, Long::compareUnsigned)
          .thenComparing(BlobId::low, Integer::compareUnsigned);

  /** The id of this content. */
  public static BlobId of(byte[] content) {
    return of(sha1(), content, content.length);
  }

  /** Takes the next 20 bytes of {@code buffer}, which must be big-endian. */
  public static BlobId from(ByteBuffer buffer) {
    return new BlobId(buffer.getLong(), buffer.getLong(), buffer.getInt());
  }

  /**
   * Reads an id from its 40 hexadecimal digits.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static BlobId fromHex(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("not a blob id of 40 hexadecimal digits: " + hex);
    }
    return from(ByteBuffer.wrap(bytes));
  }

  /** Hashes the first {@code length} bytes of {@code content} with a digest that is reused. */
  static BlobId of(MessageDigest sha1, byte[] content, int length) {
    sha1.update(("blob " + length + '\0').getBytes(StandardCharsets.US_ASCII));
    sha1.update(content, 0, length);
    return from(ByteBuffer.wrap(sha1.digest()));
  }

  static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must provide SHA-1", e);
    }
  }

  /** Appends the 20 bytes to {@code buffer}, which must be big-endian. */
  public void writeTo(ByteBuffer buffer) {
    buffer.putLong(high).putLong(middle).putInt(low);
  }

  /** The 40 lower-case hexadecimal digits, as git prints them. */
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(high) + format.toHexDigits(middle) + format.toHexDigits(low);
  }

  /** Orders ids as git does, by their bytes as unsigned numbers. */
  @Override
  public int compareTo(BlobId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public int hashCode() {
    return (int) high; // The bytes of a SHA-1 are as well spread as any mixing could make them.
  }

  @Override
  public String toString() {
    return hex();
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file and their id.
 *
 * <p>The id is that of these very bytes. It differs from the one in a {@link SourceFile} if the
 * file was edited after the listing, so whoever stores what it learnt from the bytes must use this
 * one.
 */
public final class Content {
  /** The largest file that is read: 32 MiB. The largest of Linux 6.12, a header, has 23. */
  public static final long LIMIT = 32L << 20;

  private final byte[] bytes;
  private volatile @Nullable BlobId id;

  private Content(byte[] bytes, @Nullable BlobId id) {
    this.bytes = bytes;
    this.id = id;
  }

  /** Bytes whose id is known from where they were found. */
  static Content of(byte[] bytes, BlobId id) {
    return new Content(bytes, id);
  }

  /** Wraps bytes. */
  public static Content of(byte[] bytes) {
    return new Content(bytes, null);
  }

  /** The id of the bytes; computed when it is first asked for, as who shows lines never does. */
  public BlobId blobId() {
    BlobId known = id;
    if (known == null) {
      known = BlobId.of(bytes);
      id = known;
    }
    return known;
  }

  /** The whole content; shared, not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** Says that a file is over the {@link #LIMIT}, in the words used everywhere. */
  static String tooLarge(long size) {
    return "not analysed: it has %d MiB, the limit is %d MiB".formatted(size >> 20, LIMIT >> 20);
  }
}

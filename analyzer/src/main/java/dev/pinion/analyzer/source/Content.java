// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

/**
 * The bytes of a file and their id.
 *
 * <p>The id is that of these very bytes. It differs from the one in a {@link SourceFile} if the
 * file was edited after the listing, so whoever stores what it learnt from the bytes must use this
 * one.
 *
 * @param blobId the id of {@code bytes}
 * @param bytes the whole content; shared, not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // Contents are passed on, never compared or printed.
public record Content(BlobId blobId, byte[] bytes) {
  /** The largest file that is read: 32 MiB. The largest of Linux 6.12, a header, has 23. */
  public static final long LIMIT = 32L << 20;

  /** Wraps bytes and computes their id. */
  public static Content of(byte[] bytes) {
    return new Content(BlobId.of(bytes), bytes);
  }

  /** Says that a file is over the {@link #LIMIT}, in the words used everywhere. */
  static String tooLarge(long size) {
    return "not analysed: it has %d MiB, the limit is %d MiB".formatted(size >> 20, LIMIT >> 20);
  }
}

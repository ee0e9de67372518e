// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.store;

/**
 * A kind of fact about a file. Facts of one file under two kinds, or two versions of a kind, are
 * independent.
 *
 * @param tag tells kinds apart, 0 to 65534; never to be given to another kind
 * @param version of the form of its bytes, 0 to 65535
 * @param packing how its bytes are kept
 */
public record FactKind(int tag, int version, Packing packing) {
  private static final int RESERVED = 0xffff; // For what a store keeps of its own.

  /** How bytes are kept. */
  public enum Packing {
    /** As they are: for what every run reads of every file. */
    PLAIN,
    /** Deflated where that makes them smaller: for what is read seldom. */
    DEFLATED
  }

  /** Checks the ranges. */
  public FactKind {
    if (tag < 0 || tag >= RESERVED || version >>> 16 != 0) {
      throw new IllegalArgumentException("not a kind of fact: tag " + tag + ", version " + version);
    }
  }

  /** Tag and version as one number. */
  int code() {
    return tag << 16 | version;
  }

  /** The tag of a {@link #code}. */
  static int tag(int code) {
    return code >>> 16;
  }
}

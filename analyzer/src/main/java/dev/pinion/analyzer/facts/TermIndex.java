// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Which of a tree's files spell a term, as bytes that are searched where they lie. Terms are put
 * into 65,536 buckets by their upper half; of a bucket are written, in order, the difference of
 * each lower half to the one before, how many files it has, and the differences of their numbers. A
 * look-up reads one bucket, some hundred bytes of a kernel's 20 million.
 */
public final class TermIndex {
  private static final int BUCKETS = 1 << 16;
  private static final int HEADER = (BUCKETS + 1) * Integer.BYTES;

  /** Offsets of the buckets, then the buckets; position and limit are not to be moved. */
  private final ByteBuffer bytes;

  private TermIndex(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /**
   * The index of files.
   *
   * @param terms the terms of each file, without repetition; a file's number is its place
   */
  public static TermIndex of(List<int[]> terms) {
    long[] all = new long[terms.stream().mapToInt(t -> t.length).sum()];
    int next = 0;
    for (int file = 0; file < terms.size(); file++) {
      for (int term : terms.get(file)) {
        all[next++] = (term & 0xffff_ffffL) << 32 | file;
      }
    }
    Arrays.parallelSort(all);
    return new TermIndex(write(unsigned(all)));
  }

  /** Terms with the highest bit come first in signed order; here they have to come last. */
  private static long[] unsigned(long[] sorted) {
    int zero = Arrays.binarySearch(sorted, 0);
    int firstPositive = zero < 0 ? -zero - 1 : zero;
    long[] all = new long[sorted.length];
    int positive = sorted.length - firstPositive;
    System.arraycopy(sorted, firstPositive, all, 0, positive);
    System.arraycopy(sorted, 0, all, positive, firstPositive);
    return all;
  }

  private static ByteBuffer write(long[] all) {
    byte[] out = new byte[HEADER + all.length * 2 + 64];
    int[] offsets = new int[BUCKETS + 1];
    int length = HEADER;
    int i = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      offsets[bucket] = length;
      int low = 0;
      while (i < all.length && (int) (all[i] >>> 48) == bucket) {
        int term = (int) (all[i] >>> 32);
        int end = i;
        while (end < all.length && (int) (all[end] >>> 32) == term) {
          end++;
        }
        if (out.length - length < 5 * (end - i + 2)) {
          out = Arrays.copyOf(out, out.length + out.length / 2 + 5 * (end - i + 2));
        }
        length = number((term & 0xffff) - low, out, length);
        low = term & 0xffff;
        length = number(end - i, out, length);
        int file = 0;
        for (; i < end; i++) {
          length = number((int) all[i] - file, out, length);
          file = (int) all[i];
        }
      }
    }
    offsets[BUCKETS] = length;
    ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(out, length));
    for (int bucket = 0; bucket <= BUCKETS; bucket++) {
      bytes.putInt(bucket * Integer.BYTES, offsets[bucket]);
    }
    return bytes;
  }

  private static int number(int value, byte[] out, int at) {
    int next = at;
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out[next++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out[next++] = (byte) rest;
    return next;
  }

  /** The numbers of the files of a term, ascending. Linear in its bucket. */
  public int[] files(int term) {
    int bucket = term >>> 16;
    int at = bytes.getInt(bucket * Integer.BYTES);
    int end = bytes.getInt((bucket + 1) * Integer.BYTES);
    Reading in = new Reading(at);
    int low = 0;
    while (in.at < end) {
      low += in.number();
      int count = in.number();
      if (low == (term & 0xffff)) {
        int[] files = new int[count];
        int file = 0;
        for (int i = 0; i < count; i++) {
          file += in.number();
          files[i] = file;
        }
        return files;
      }
      if (low > (term & 0xffff)) {
        break;
      }
      in.skip(count);
    }
    return new int[0];
  }

  private final class Reading {
    private int at;

    private Reading(int at) {
      this.at = at;
    }

    private int number() {
      int value = 0;
      int shift = 0;
      while (true) {
        byte b = bytes.get(at++);
        value |= (b & 0x7f) << shift;
        if (b >= 0) {
          return value;
        }
        shift += 7;
      }
    }

    private void skip(int numbers) {
      int left = numbers;
      while (left > 0) {
        if (bytes.get(at++) >= 0) {
          left--;
        }
      }
    }
  }

  /** Somebody who goes through an index. */
  public interface Visitor {
    void entry(int term, int file);
  }

  /** Goes through all terms, and the files of each, in ascending order as unsigned numbers. */
  public void forEach(Visitor visitor) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      Reading in = new Reading(bytes.getInt(bucket * Integer.BYTES));
      int end = bytes.getInt((bucket + 1) * Integer.BYTES);
      int low = 0;
      while (in.at < end) {
        low += in.number();
        int file = 0;
        for (int left = in.number(); left > 0; left--) {
          file += in.number();
          visitor.entry(bucket << 16 | low, file);
        }
      }
    }
  }

  /** The byte form, not to be changed. */
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer();
  }

  /** What {@link #bytes} gave, again. */
  public static TermIndex read(ByteBuffer bytes) {
    return new TermIndex(bytes.slice());
  }
}

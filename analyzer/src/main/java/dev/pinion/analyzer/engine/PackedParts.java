// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What is kept of one file in its byte form, deflated together: the functions of a file use the
 * same names, so that they take a quarter of what they take one by one.
 */
final class PackedParts {
  private final int[] lengths;
  private final byte[] packed;

  private PackedParts(int[] lengths, byte[] packed) {
    this.lengths = lengths;
    this.packed = packed;
  }

  static PackedParts of(List<byte[]> parts) {
    int[] lengths = parts.stream().mapToInt(b -> b.length).toArray();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, /* nowrap= */ true);
    try {
      // What cannot be made smaller grows by five bytes in 16 KiB, says the format.
      byte[] out = new byte[Arrays.stream(lengths).sum() * 9 / 8 + 64];
      int written = 0;
      for (byte[] part : parts) {
        deflater.setInput(part);
        while (!deflater.needsInput()) {
          written += deflater.deflate(out, written, out.length - written);
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        written += deflater.deflate(out, written, out.length - written);
      }
      return new PackedParts(lengths, Arrays.copyOf(out, written));
    } finally {
      deflater.end();
    }
  }

  List<byte[]> unpack() {
    Inflater inflater = new Inflater(/* nowrap= */ true);
    inflater.setInput(packed);
    List<byte[]> parts = new ArrayList<>(lengths.length);
    try {
      for (int length : lengths) {
        byte[] part = new byte[length];
        int read = 0;
        while (read < length) {
          read += inflater.inflate(part, read, length - read);
        }
        parts.add(part);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("what was deflated here cannot be inflated", e);
    } finally {
      inflater.end();
    }
    return parts;
  }

  /** How many bytes of memory it takes, nearly. */
  int size() {
    return packed.length + Integer.BYTES * lengths.length;
  }
}

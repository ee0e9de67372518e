// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The functions of one file in their byte form, deflated together: neighbours use the same names,
 * so that they take a quarter of what they take one by one.
 */
final class PackedBodies {
  private final int[] lengths;
  private final byte[] packed;

  private PackedBodies(int[] lengths, byte[] packed) {
    this.lengths = lengths;
    this.packed = packed;
  }

  static PackedBodies of(List<byte[]> bodies) {
    int[] lengths = bodies.stream().mapToInt(b -> b.length).toArray();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, /* nowrap= */ true);
    try {
      // What cannot be made smaller grows by five bytes in 16 KiB, says the format.
      byte[] out = new byte[Arrays.stream(lengths).sum() * 9 / 8 + 64];
      int written = 0;
      for (byte[] body : bodies) {
        deflater.setInput(body);
        while (!deflater.needsInput()) {
          written += deflater.deflate(out, written, out.length - written);
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        written += deflater.deflate(out, written, out.length - written);
      }
      return new PackedBodies(lengths, Arrays.copyOf(out, written));
    } finally {
      deflater.end();
    }
  }

  List<byte[]> unpack() {
    Inflater inflater = new Inflater(/* nowrap= */ true);
    inflater.setInput(packed);
    List<byte[]> bodies = new ArrayList<>(lengths.length);
    try {
      for (int length : lengths) {
        byte[] body = new byte[length];
        int read = 0;
        while (read < length) {
          read += inflater.inflate(body, read, length - read);
        }
        bodies.add(body);
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("what was deflated here cannot be inflated", e);
    } finally {
      inflater.end();
    }
    return bodies;
  }

  /** How many bytes of memory it takes, nearly. */
  int size() {
    return packed.length + Integer.BYTES * lengths.length;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import java.util.Arrays;

/** Maps offsets of the prepared text, which CDT sees, to offsets of the file. */
public final class PositionMap {
  private final int[] prepared;
  private final int[] original;
  private final int[] exact;
  private final int count;

  /**
   * Segments sorted by their start in the prepared text. Inside a segment whose {@code exact} is 0
   * every character is an inserted one and maps to the segment's original offset; otherwise both
   * sides advance together.
   */
  PositionMap(int[] prepared, int[] original, int[] exact, int count) {
    this.prepared = Arrays.copyOf(prepared, count);
    this.original = Arrays.copyOf(original, count);
    this.exact = Arrays.copyOf(exact, count);
    this.count = count;
  }

  static PositionMap identity() {
    return new PositionMap(new int[] {0}, new int[] {0}, new int[] {1}, 1);
  }

  /** The offset in the file of the character at this offset of the prepared text. */
  public int original(int offset) {
    if (count == 0) {
      return 0;
    }
    int found = Arrays.binarySearch(prepared, offset);
    int segment = found >= 0 ? found : Math.max(0, -found - 2);
    int advance = exact[segment] == 0 ? 0 : Math.max(0, offset - prepared[segment]);
    return original[segment] + advance;
  }
}

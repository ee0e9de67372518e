// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

import dev.pinion.analyzer.store.StoreLimit;
import java.util.Locale;

/** Bytes as people read them. */
final class Sizes {
  private static final String UNITS = " KMGT";
  private static final int UNIT = 1024;

  private Sizes() {}

  /** Such as {@code 131.2 MB}; units are powers of 1024, as those of {@code --store-limit}. */
  static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= UNIT && unit + 1 < UNITS.length()) {
      value /= UNIT;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, "%.1f %cB", value, UNITS.charAt(unit));
  }

  /** A limit, or that there is none. */
  static String text(StoreLimit limit) {
    return limit.equals(StoreLimit.NONE) ? "unlimited" : text(limit.bytes());
  }
}

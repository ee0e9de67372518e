// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A remembered answer where nothing will ever change: its value, and nothing of how it was found. A
 * kernel has two million.
 */
final class Once {
  private volatile @Nullable Object value;

  /** The value; computed once, even if several threads ask. One that fails is tried again. */
  Object get(Supplier<?> compute) {
    Object known = value;
    return known != null ? known : find(compute);
  }

  private synchronized Object find(Supplier<?> compute) {
    Object known = value;
    if (known == null) {
      known = compute.get();
      value = known;
    }
    return known;
  }

  /** Forgets the value; it is made again, and equal, when it is asked for. */
  void drop() {
    value = null;
  }
}

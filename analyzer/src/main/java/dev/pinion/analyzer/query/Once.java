// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A remembered answer where nothing will ever change: its value, and if notes are taken what that
 * was made from. A kernel has two million.
 */
sealed class Once extends Node permits Cut {
  private volatile @Nullable Object value;
  private Node @Nullable [] read;
  private int[] numbers = Numbers.NONE;

  /** The value; computed once, even if several threads ask. One that fails is tried again. */
  Object get(Supplier<?> compute, Queries queries) {
    Object known = value;
    return known != null ? known : find(compute, queries);
  }

  private synchronized Object find(Supplier<?> compute, Queries queries) {
    Object known = value;
    if (known == null) {
      Frame frame = queries.open();
      try {
        known = compute.get();
      } finally {
        queries.close(frame);
      }
      if (read == null) {
        numbers = frame.numbers();
        read = frame.nodes();
      }
      value = known;
    }
    return known;
  }

  /** The value, if there is one now. */
  final @Nullable Object current() {
    return value;
  }

  /** Whether a computation has brought a value, be it kept or dropped. */
  synchronized boolean isKnown() {
    return read != null;
  }

  @Override
  synchronized Node[] below() {
    Node @Nullable [] known = read;
    return known == null ? NOTHING : known;
  }

  @Override
  synchronized int[] numbers() {
    return numbers;
  }

  /** Forgets the value; it is made again, and equal, when it is asked for. */
  void drop() {
    value = null;
  }

  @Override
  void refresh() {}
}

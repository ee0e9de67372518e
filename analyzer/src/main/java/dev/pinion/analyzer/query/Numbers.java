// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.Arrays;

/** A set of numbers that is filled, and then taken. */
final class Numbers {
  static final int[] NONE = {};

  private int[] all = NONE;
  private int count;

  void clear() {
    count = 0;
  }

  /** Adds a number; constant on average, with a logarithm where many come again. */
  void add(int number) {
    if (count > 0 && all[count - 1] == number) {
      return;
    }
    if (count == all.length) {
      compact();
      all = count >= all.length / 2 ? Arrays.copyOf(all, Math.max(4, all.length * 2)) : all;
    }
    all[count++] = number;
  }

  void addAll(int[] numbers) {
    for (int number : numbers) {
      add(number);
    }
  }

  private void compact() {
    Arrays.sort(all, 0, count);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[distinct++] = all[i];
      }
    }
    count = distinct;
  }

  /** The numbers, ascending. */
  int[] sorted() {
    compact();
    return count == 0 ? NONE : Arrays.copyOf(all, count);
  }
}

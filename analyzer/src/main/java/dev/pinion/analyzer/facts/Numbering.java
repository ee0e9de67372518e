// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

import org.jspecify.annotations.Nullable;

/**
 * Numbers different values in the order in which they come, from 0 on. A map for this alone: every
 * name of every file goes through one, and boxed numbers would be most of what is allocated.
 */
final class Numbering<T> {
  /** What {@link #known} says of a value that is new. */
  static final int NEW = -1;

  private static final int FEWEST = 64;

  private @Nullable Object[] values = new @Nullable Object[FEWEST];
  private int[] numbers = new int[FEWEST];
  private int count;

  /** The number of an equal value that came before, or {@link #NEW}, and it has come now. */
  int known(T value) {
    int slot = slot(value);
    if (values[slot] != null) {
      return numbers[slot];
    }
    values[slot] = value;
    numbers[slot] = count++;
    if (count * 2 > values.length) {
      grow();
    }
    return NEW;
  }

  /** How many values have come. */
  int count() {
    return count;
  }

  /** Where an equal value is, or would be. */
  private int slot(Object value) {
    int hash = value.hashCode();
    int slot = (hash ^ hash >>> 16) & (values.length - 1);
    Object there = values[slot];
    while (there != null && !there.equals(value)) {
      slot = (slot + 1) & (values.length - 1);
      there = values[slot];
    }
    return slot;
  }

  private void grow() {
    @Nullable Object[] old = values;
    int[] oldNumbers = numbers;
    values = new @Nullable Object[old.length * 2];
    numbers = new int[values.length];
    for (int i = 0; i < old.length; i++) {
      Object value = old[i];
      if (value != null) {
        int slot = slot(value);
        values[slot] = value;
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}

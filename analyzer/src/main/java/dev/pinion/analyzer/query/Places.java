// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.Arrays;

/**
 * Numbers of inputs in the order in which they are met, each once. There are millions: a table
 * without objects, which a number enters at the place that its upper bits say, as these are spread
 * well enough by themselves.
 */
final class Places {
  private static final int FIRST_BITS = 10;

  private int[] numbers = new int[1 << (FIRST_BITS - 1)];
  private int count;

  /** Places of numbers, from 1; 0 where there is none. At most half full. */
  private int[] table = new int[1 << FIRST_BITS];

  private int bits = FIRST_BITS;

  /** The place of a number, which is the next if it is new; constant on average. */
  int of(int number) {
    int slot = slot(number);
    if (table[slot] == 0) {
      if (count == numbers.length) {
        grow();
        slot = slot(number);
      }
      numbers[count++] = number;
      table[slot] = count;
    }
    return table[slot] - 1;
  }

  /** The numbers by their places. */
  int[] numbers() {
    return Arrays.copyOf(numbers, count);
  }

  private int slot(int number) {
    int slot = number >>> (Integer.SIZE - bits);
    while (table[slot] != 0 && numbers[table[slot] - 1] != number) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private void grow() {
    bits++;
    numbers = Arrays.copyOf(numbers, numbers.length * 2);
    table = new int[1 << bits];
    for (int place = 0; place < count; place++) {
      table[slot(numbers[place])] = place + 1;
    }
  }
}

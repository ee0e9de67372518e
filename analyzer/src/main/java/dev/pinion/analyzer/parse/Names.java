// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse;

import org.jspecify.annotations.Nullable;

/**
 * Makes one text of most names that are spelled alike, so that a name is copied and hashed once and
 * not wherever it stands. A slot for each hash: a name may push another one out.
 */
final class Names {
  private static final int FEWEST = 1 << 4;
  private static final int MOST = 1 << 12;

  private final @Nullable String[] slots;

  /**
   * @param tokens how many tokens the list has that the names stand in
   */
  Names(int tokens) {
    int size = Integer.highestOneBit(Math.max(FEWEST, Math.min(MOST, tokens / 2)));
    this.slots = new @Nullable String[size];
  }

  /** The name between two offsets, whose {@link Words#hash} is given. */
  String of(char[] source, int start, int end, int hash) {
    int slot = (hash ^ hash >>> 12) & (slots.length - 1);
    String known = slots[slot];
    if (known != null && matches(known, source, start, end)) {
      return known;
    }
    String name = new String(source, start, end - start);
    slots[slot] = name;
    return name;
  }

  private static boolean matches(String known, char[] source, int start, int end) {
    int length = known.length();
    if (length != end - start) {
      return false;
    }
    for (int k = 0; k < length; k++) {
      if (known.charAt(k) != source[start + k]) {
        return false;
      }
    }
    return true;
  }
}

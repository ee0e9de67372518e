// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

import dev.pinion.analyzer.facts.Sharing;

/**
 * One object for most equal values across files: a table in which a value takes the place of
 * another of the same slot. It holds little, needs no lock, and finds nearly all that a table of
 * everything would find, as what is frequent comes back before it is displaced.
 */
final class RecentValues implements Sharing {
  private static final int SLOTS = 1 << 20;

  /** Values are immutable, so that whichever of two threads is seen by a third does as well. */
  private final Object[] slots = new Object[SLOTS];

  @Override
  @SuppressWarnings("unchecked") // equal values of immutable classes have one class
  public <T> T one(T value) {
    int hash = value.hashCode() * 0x9e3779b9;
    int slot = hash >>> 12; // 20 bits
    Object earlier = slots[slot];
    if (value.equals(earlier)) {
      return (T) earlier;
    }
    slots[slot] = value;
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.facts;

/**
 * Maps equal values to one object, so that what many files say is in memory once: names, types,
 * parameter lists, places. Values must be immutable.
 */
@FunctionalInterface
public interface Sharing {
  /** The one object for all values equal to this. */
  <T> T one(T value);

  /** Shares nothing. */
  static Sharing none() {
    return Sharing::same;
  }

  private static <T> T same(T value) {
    return value;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.query;

import java.util.OptionalLong;

/** Tells values apart by numbers that are the same another day. */
@FunctionalInterface
public interface Digest {
  /**
   * The number of a value: the same for equal ones, and for others with next to no exception
   * another.
   *
   * @return empty if it has something in it of which only this process can tell what it is
   */
  OptionalLong of(Object value);
}

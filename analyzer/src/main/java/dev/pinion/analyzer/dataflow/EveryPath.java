// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.dataflow;

/**
 * Whether something has happened on every path to a place. It has not where the function is
 * entered, and where paths meet only if it has on both:
 *
 * <pre>
 *   true     bottom: no path yet, or only such on which it has
 *    |
 *   false    some path on which it has not
 * </pre>
 */
@FunctionalInterface
public interface EveryPath extends Analysis<Boolean> {
  @Override
  default Boolean entry() {
    return false;
  }

  @Override
  default Boolean join(Boolean left, Boolean right) {
    return left && right;
  }
}

// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.parse.lower;

/** Unwinds from a function that is larger than {@link Limits} allow; becomes a problem. */
final class LimitReached extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LimitReached(String what) {
    super(what, null, false, false);
  }
}

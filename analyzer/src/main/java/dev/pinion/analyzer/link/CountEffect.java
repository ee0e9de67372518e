// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.link;

/** What a function does to the reference count of an object that one of its arguments points to. */
public enum CountEffect {
  /** Takes a reference; the caller must already know that the object lives. */
  GET,
  /** Takes a reference unless the count is zero, and says so. */
  TRY_GET,
  /** Gives one back, and releases the object with the last. */
  PUT
}

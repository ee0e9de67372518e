// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

/** Asked often, from several threads, whether a scan is still wanted. */
public interface Cancellation {
  /** Never cancelled. */
  Cancellation NEVER = () -> false;

  boolean cancelled();
}

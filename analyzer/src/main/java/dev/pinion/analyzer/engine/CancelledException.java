// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.engine;

/** A scan ended early because its {@link Cancellation} said so. What the store got is valid. */
public final class CancelledException extends Exception {
  private static final long serialVersionUID = 1L;

  public CancelledException() {
    super("cancelled");
  }
}

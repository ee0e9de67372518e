// SPDX-License-Identifier: Apache-2.0
package dev.pinion.cli;

/** Arguments or input that cannot be used. The message is one line: what, where, what to do. */
public final class BadInput extends Exception {
  private static final long serialVersionUID = 1L;

  public BadInput(String message) {
    super(message);
  }

  public BadInput(String message, Throwable cause) {
    super(message, cause);
  }
}

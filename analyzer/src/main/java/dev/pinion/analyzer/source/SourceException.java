// SPDX-License-Identifier: Apache-2.0
package dev.pinion.analyzer.source;

/** Input that cannot be used. The message is one line for the user: where, what, what to do. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An error found by looking. */
  public SourceException(String message) {
    super(message);
  }

  /** An error reported by the platform or by git. */
  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}

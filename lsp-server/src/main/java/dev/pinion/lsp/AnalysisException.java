// SPDX-License-Identifier: Apache-2.0
package dev.pinion.lsp;

/** A scan was not possible; the message is one line for the user: what, where, what to do. */
final class AnalysisException extends Exception {
  private static final long serialVersionUID = 1L;

  AnalysisException(String message) {
    super(message);
  }

  AnalysisException(String message, Throwable cause) {
    super(message, cause);
  }
}
